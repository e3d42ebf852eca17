# Against the real program, on a scenario of two labs. SIMULATE names the program; without one nothing
# but its absence can be tested.
library(simulateclient)

fails <- function(expr, pattern) {
  said <- tryCatch({ expr; "" }, error = conditionMessage)
  if (!grepl(pattern, said)) stop("expected an error like ", pattern, ", got: ", said)
}

fails(find_program("no-such-program"), "no-such-program")
if (!nzchar(Sys.which(Sys.getenv("SIMULATE", "simulate")))) {
  message("no program simulate: its calls are not tested")
  quit(status = 0)
}

dir <- tempfile("results ")
dir.create(dir)
tiny <- normalizePath("tiny.yaml")
quick <- "--no-figures"

# The program's version is checked.
stopifnot(check_version() == program_version())
other <- file.path(dir, "other")
writeLines(c("#!/bin/sh", "echo simulate 9.1.0"), other)
Sys.chmod(other, "755")
fails(check_version(path = other), "simulate has version 9.1.0 and this package reads results of 0.4")

# Columns have their types and units.
ran <- run_scenario(tiny, file.path(dir, "run"), replications = 3, options = quick)
market <- results_table(ran, "market")
stopifnot(inherits(market$date, "Date"), max(market$date) == as.Date("2025-12-31"), is.numeric(market$hhi_sales),
          is.character(market$case), attr(market, "units")[["entry_ticket"]] == "USD/yr",
          units_of(ran, "market")[["entry_ticket"]] == "USD/yr",
          grepl("Herfindahl", meanings(ran, "market")[["hhi_sales"]]))
rows <- vapply(ran$manifest$tables, function(t) as.numeric(t$rows), 0)
for (i in seq_along(ran$tables)) {
  frame <- results_table(ran, ran$tables[i])
  stopifnot(nrow(frame) == rows[i], setequal(names(frame), names(units_of(ran, ran$tables[i]))))
}
stopifnot(all(results_table(ran, "inputs")$mark %in% c("data", "derived", "assumption", "default")))

# What is there is not run again.
made <- file.mtime(file.path(dir, "run", "manifest.json"))
run_scenario(tiny, file.path(dir, "run"), replications = 3, options = quick)
stopifnot(identical(made, file.mtime(file.path(dir, "run", "manifest.json"))))

# Values are set as scenarios write them.
changed <- run_scenario(tiny, file.path(dir, "set"), set = list(market.eta = 0.9, labs.small.commercial = TRUE),
                        seed = 7, replications = 1, options = quick)
inputs <- results_table(changed, "inputs")
value <- function(path) inputs$value[inputs$path == path][1]
stopifnot(value("market.eta") == "0.9", value("labs.small.commercial") == "true", changed$manifest$seed == 7)

# Effects are the mean of the pairs.
cheaper <- file.path(dir, "cheaper.yaml")
writeLines(sub("$10B/yr", "$5B/yr", sub("title: Two labs", "title: Cheaper", readLines(tiny)), fixed = TRUE), cheaper)
compared <- compare_scenarios(tiny, cheaper, file.path(dir, "compare"), replications = 4, options = quick)
last <- subset(results_table(compared, "market"), date == as.Date("2025-12-31"))
pairs <- last$hhi_sales[last$case == "cheaper"] - last$hhi_sales[last$case == "tiny"]
effect <- subset(effects_of(compared, "hhi_sales"), date == as.Date("2025-12-31"))
stopifnot(nrow(effect) == 1, effect$n == 4, all.equal(effect$effect, mean(pairs), tolerance = 1e-6))

# Runs are joined with design and draws.
swept <- sweep_scenario(tiny, file.path(dir, "sweep"), vary = c(market.sigma = "2.5,3.5",
                        segments.everyone.from = "2024-01,2024-07"), replications = 2, options = quick)
all_runs <- run_sample(swept)
design <- results_table(swept, "design")
draws <- results_table(swept, "draws")
stopifnot(nrow(all_runs) == 8,
          all(all_runs$market.sigma == design$market.sigma[match(all_runs$case, design$case)]),
          all(all_runs$market.eta == draws$market.eta[match(all_runs$replication, draws$replication)]),
          inherits(all_runs$segments.everyone.from, "Date"), length(unique(all_runs$market.eta)) == 2,
          all(run_sample(swept, "2024")$date == as.Date("2024-12-31")))
fails(run_sample(swept, "2031"), "nothing is recorded at 2031")

# Bad input says what the program says.
code <- tryCatch(run_scenario(tiny, file.path(dir, "bad"), set = list(market.etta = 1)),
                 simulate_error = function(e) e$code)
stopifnot(code == 2)
fails(run_scenario(tiny, file.path(dir, "bad"), set = list(market.etta = 1)), "market.etta")
fails(read_results(file.path(dir, "bad")), "no manifest.json")
fails(results_table(ran, "markets"), "no table markets")

# A figure, where ggplot2 is there.
if (requireNamespace("ggplot2", quietly = TRUE)) {
  figure <- plot_metric(ran, "entry_ticket")
  stopifnot(figure$labels$y == "entry_ticket [USD/yr]")
  ggplot2::ggsave(file.path(dir, "plot.png"), figure, width = 12, height = 8, units = "cm", dpi = 100)
  stopifnot(file.size(file.path(dir, "plot.png")) > 5000)
  fails(plot_metric(ran, "hhi"), "no metric hhi")
} else {
  message("no ggplot2: figures are not tested")
}

# Parquet, where arrow is there; else a refusal that says what to do.
parquet <- sweep_scenario(tiny, file.path(dir, "parquet"), vary = c(market.sigma = "2.5,3.5"), replications = 1,
                          options = c(quick, "--format", "parquet"))
if (requireNamespace("arrow", quietly = TRUE)) {
  stopifnot(nrow(results_table(parquet, "runs")) == 2)
} else {
  message("no arrow: Parquet is not read here")
  fails(results_table(parquet, "runs"), "--format csv")
}
cat("R client: all hold\n")
