# What an efficiency jump changes: a figure of concentration and a table of effects.
# Usage: Rscript concentration.R [REPLICATIONS] [FOLDER]
library(simulateclient)

words <- commandArgs(trailingOnly = TRUE)
replications <- if (length(words) > 0) as.integer(words[1]) else 50
folder <- if (length(words) > 1) words[2] else "results/jump"

check_version()
results <- compare_scenarios("baseline", "deepseek-shock", out = folder, replications = replications,
                             options = c("--no-figures", "--record", "year"))

figure <- plot_metric(results, "hhi_sales") +
  ggplot2::labs(title = "Concentration of sales: mean and 90 % of the runs")
ggplot2::ggsave(file.path(folder, "concentration-r.png"), figure, width = 16, height = 9, units = "cm", dpi = 200)

print(effects_of(results, "hhi_sales")[c("case", "date", "effect", "low", "high", "clear")], row.names = FALSE)
