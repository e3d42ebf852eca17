# Mean of a metric by a value that varies, from the CSV tables of a sweep. Usage: Rscript read.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
runs <- read.csv(file.path(folder, "runs.csv"), check.names = FALSE)
runs <- runs[runs$status == "ok", ]
labs <- tapply(runs$labs_near_frontier, runs[["policies.public_compute.grant.amount"]], mean)
cat("R\n")
cat(sprintf("%.0f %.6f\n", as.numeric(names(labs)), labs), sep = "")
