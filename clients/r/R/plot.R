#' Draw a metric over time
#'
#' @inheritParams dictionary
#' @param metric A metric of the table summary, such as "hhi_sales".
#' @return A ggplot: the mean by case, and the interval that holds 90 % of the runs.
#' @export
plot_metric <- function(results, metric) {
  if (!requireNamespace("ggplot2", quietly = TRUE)) {
    stop("figures need the package ggplot2; install it", call. = FALSE)
  }
  summary <- results_table(results, "summary")
  rows <- summary[summary$metric == metric, ]
  if (nrow(rows) == 0) {
    stop("no metric ", metric, "; there are ", paste(unique(summary$metric), collapse = ", "), call. = FALSE)
  }
  rows$case <- factor(rows$case, unique(rows$case))
  unit <- unlist(lapply(intersect(c("market", "runs"), results$tables), function(t) units_of(results, t)[metric]))
  unit <- unit[!is.na(unit) & nzchar(unit)]
  aes <- ggplot2::aes
  .data <- ggplot2::.data
  ggplot2::ggplot(rows, aes(.data$date, .data$mean, colour = .data$case, fill = .data$case)) +
    ggplot2::geom_ribbon(aes(ymin = .data$q05, ymax = .data$q95), alpha = 0.2, colour = NA) +
    ggplot2::geom_line() +
    ggplot2::labs(x = NULL, y = if (length(unit) > 0) paste0(metric, " [", unit[1], "]") else metric, colour = NULL,
                  fill = NULL) +
    ggplot2::theme_minimal()
}
