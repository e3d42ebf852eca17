#' Open a results folder
#'
#' @param folder A complete results folder of run, compare, sweep, backtest or calibrate.
#' @return An object of class `simulate_results`: `folder`, `manifest` (what the folder says of itself:
#'   name, seed, command, cases) and `tables`, the names of its tables.
#' @export
read_results <- function(folder) {
  file <- file.path(folder, "manifest.json")
  if (!file.exists(file)) {
    stop(folder, " is no complete results folder: it has no manifest.json", call. = FALSE)
  }
  # Seeds are larger than numbers of R hold exactly.
  manifest <- jsonlite::fromJSON(file, simplifyVector = FALSE, bigint_as_char = TRUE)
  files <- vapply(manifest$tables, function(t) t$file, "")
  names(files) <- sub("[.][a-z]+$", "", basename(files))
  structure(list(folder = folder, manifest = manifest, tables = names(files), files = files),
            class = "simulate_results")
}

#' @export
print.simulate_results <- function(x, ...) {
  cat(x$folder, ": ", x$manifest$title, "\nTables: ", paste(x$tables, collapse = ", "), "\n", sep = "")
  invisible(x)
}

#' Unit, meaning and type of every column of every table
#'
#' @param results As of [read_results()].
#' @return A data frame: table, column, unit, meaning, type.
#' @export
dictionary <- function(results) {
  words <- load_table(results, "dictionary")
  if (!"type" %in% names(words)) {
    stop(results$folder, " was made by an earlier version, whose dictionary has no types; give its command again: ",
         paste(unlist(results$manifest$command), collapse = " "), call. = FALSE)
  }
  words
}

#' A table of a results folder
#'
#' Dates are of class Date, whole numbers and numbers numeric, names character ("01" stays "01"), and
#' what is undefined is NA.
#'
#' @inheritParams dictionary
#' @param name Name of the table, such as "summary".
#' @return A data frame. Its attributes `units` and `meanings` are named by column.
#' @export
results_table <- function(results, name) {
  words <- dictionary(results)
  words <- words[words$table == name, ]
  frame <- load_table(results, name)
  for (column in names(frame)) {
    kind <- words$type[words$column == column]
    frame[[column]] <- typed(frame[[column]], if (length(kind) == 1) kind else "text")
  }
  attr(frame, "units") <- stats::setNames(words$unit, words$column)
  attr(frame, "meanings") <- stats::setNames(words$meaning, words$column)
  frame
}

#' Units and meanings of the columns of a table
#'
#' @inheritParams results_table
#' @return A character vector named by column; "" for the unit of text and pure numbers.
#' @export
units_of <- function(results, name) {
  words <- dictionary(results)
  words <- words[words$table == name, ]
  stats::setNames(words$unit, words$column)
}

#' @rdname units_of
#' @export
meanings <- function(results, name) {
  words <- dictionary(results)
  words <- words[words$table == name, ]
  stats::setNames(words$meaning, words$column)
}

#' What each case changes
#'
#' @inheritParams dictionary
#' @param metric Metric; NULL is all.
#' @param segment Market segment; "" is the whole market.
#' @return Rows of the table effects: mean, interval and spread over runs of what each case changes
#'   against the one it is compared with. It is an error where nothing is compared.
#' @export
effects_of <- function(results, metric = NULL, segment = "") {
  found <- results_table(results, "effects")
  keep <- found$segment == segment
  if (!is.null(metric)) keep <- keep & found$metric == metric
  found <- found[keep, ]
  rownames(found) <- NULL
  found
}

#' Runs with what the design varies and what was drawn
#'
#' @inheritParams dictionary
#' @param date A year, month or day, which stands for the last recorded date in it; NULL is the last one.
#' @return A data frame with a row for each run: its metrics at the date, and columns by PATH of the
#'   tables design and draws.
#' @export
run_sample <- function(results, date = NULL) {
  if ("market" %in% results$tables) {
    frame <- results_table(results, "market")
    days <- format(frame$date)
    known <- sort(unique(days))
    at <- if (is.null(date)) known else known[known == date | startsWith(known, paste0(date, "-"))]
    if (length(at) == 0) {
      stop("nothing is recorded at ", date, "; records go from ", known[1], " to ", known[length(known)], call. = FALSE)
    }
    frame <- frame[days == at[length(at)], ]
  } else {
    frame <- results_table(results, "runs")
    frame <- frame[frame$status == "ok", ]
    if (!is.null(date)) frame <- frame[startsWith(format(frame$date), date), ]
  }
  for (name in intersect(c("design", "draws"), results$tables)) {
    frame <- joined(frame, results_table(results, name))
  }
  rownames(frame) <- NULL
  frame
}

# The frame with the columns of another that it lacks, by the keys that both have.
joined <- function(frame, other) {
  if ("point" %in% names(other) && all(other$point == 0)) { # the same at every point of the design
    other$point <- NULL
  }
  keys <- Reduce(intersect, list(c("case", "point", "replication"), names(frame), names(other)))
  key <- function(d) do.call(paste, c(unname(lapply(d[keys], as.character)), sep = "\r"))
  if (anyDuplicated(key(other))) stop("a key stands twice: ", paste(keys, collapse = ", "), call. = FALSE)
  at <- match(key(frame), key(other))
  for (column in setdiff(names(other), names(frame))) {
    frame[[column]] <- other[[column]][at]
  }
  frame
}

load_table <- function(results, name) {
  if (!name %in% results$tables) {
    stop(results$folder, " has no table ", name, "; it has ", paste(results$tables, collapse = ", "), call. = FALSE)
  }
  file <- file.path(results$folder, results$files[[name]])
  if (grepl("[.]parquet$", file)) {
    if (!requireNamespace("arrow", quietly = TRUE)) {
      stop(file, " is Parquet, which the package arrow reads; install it, or let simulate write --format csv",
           call. = FALSE)
    }
    return(as.data.frame(arrow::read_parquet(file)))
  }
  # Text stays text: "01" is a case and NA may be a name.
  utils::read.csv(file, colClasses = "character", na.strings = character(), check.names = FALSE, encoding = "UTF-8")
}

typed <- function(cells, kind) {
  if (kind == "text") return(as.character(cells))
  if (is.character(cells)) cells[cells == ""] <- NA
  switch(kind, date = as.Date(cells, format = "%Y-%m-%d"), integer = as.numeric(cells), number = as.numeric(cells),
         cells)
}
