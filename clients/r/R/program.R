#' Versions of the model whose results this package knows: the first two numbers.
#' @noRd
known_version <- "0.4"

#' Find the program
#'
#' @param path Path or name of the program; by default the environment's SIMULATE, else
#'   `simulate` on the PATH.
#' @return The path. It is an error where there is no such program.
#' @export
find_program <- function(path = NULL) {
  wanted <- if (!is.null(path)) path else Sys.getenv("SIMULATE", "simulate")
  found <- unname(Sys.which(wanted))
  if (!nzchar(found)) {
    stop("no program ", dQuote(wanted, FALSE), "; install simulate, or set the environment's SIMULATE to its path",
         call. = FALSE)
  }
  found
}

#' Version of the program
#'
#' @inheritParams find_program
#' @return The version, such as "0.4.1".
#' @export
program_version <- function(path = NULL) {
  text <- call_program(find_program(path), "--version")
  at <- regmatches(text, regexpr("[0-9]+[.][0-9]+[.][0-9]+", text))
  if (length(at) == 0) {
    stop(find_program(path), " does not say which version of simulate it is", call. = FALSE)
  }
  at[[1]]
}

#' Check the version of the program
#'
#' A version of the model stands for its results: another one may have other tables and numbers.
#'
#' @param known Version that is wanted; the first two numbers count.
#' @inheritParams find_program
#' @return The version, invisibly. It is an error where it is another than `known`.
#' @export
check_version <- function(known = known_version, path = NULL) {
  has <- program_version(path)
  first_two <- function(v) paste(strsplit(v, ".", fixed = TRUE)[[1]][1:2], collapse = ".")
  if (first_two(has) != first_two(known)) {
    stop("simulate has version ", has, " and this package reads results of ", known, "; install simulateclient ",
         first_two(has), ", or simulate ", known, call. = FALSE)
  }
  invisible(has)
}

#' Run scenarios, compare them, or sweep over their values
#'
#' The program is called and its results folder read. A folder that holds the same experiment is
#' read and nothing is computed. What the program says of bad input becomes the error's message.
#'
#' @param scenario Name of a built-in scenario or a file; several make several cases.
#' @param base,alternatives The scenario that others are compared with, and those, under the same luck.
#' @param vary Named values of a design by PATH, as `c(market.eta = "0.6,1.1")`.
#' @param out The results folder.
#' @param set Named values by PATH as scenarios write them, as
#'   `list(market.eta = 0.9, labs.deepseek.budget = "$3B/yr")`.
#' @param replications Number of runs with different luck; by default what the scenario says.
#' @param seed Luck of the experiment; by default what the scenario says.
#' @param options More options of the command line, a word each.
#' @param path As in [find_program()].
#' @return As [read_results()].
#' @export
run_scenario <- function(scenario, out, set = list(), replications = NULL, seed = NULL, options = character(),
                         path = NULL) {
  experiment("run", scenario, out, set, replications, seed, options, path)
}

#' @rdname run_scenario
#' @export
compare_scenarios <- function(base, alternatives, out, set = list(), replications = NULL, seed = NULL,
                              options = character(), path = NULL) {
  experiment("compare", c(base, alternatives), out, set, replications, seed, options, path)
}

#' @rdname run_scenario
#' @export
sweep_scenario <- function(scenario, out, vary = character(), set = list(), replications = NULL, seed = NULL,
                           options = character(), path = NULL) {
  varied <- unlist(Map(function(p, v) c("--vary", paste0(p, "=", v)), names(vary), vary), use.names = FALSE)
  if (!any(grepl("^--format(=|$)", options))) {
    varied <- c(varied, "--format", "csv")
  }
  experiment("sweep", scenario, out, set, replications, seed, c(varied, options), path)
}

experiment <- function(command, scenarios, out, set, replications, seed, options, path) {
  check_version(path = path)
  words <- c(command, scenarios, "--out", out, "--quiet")
  for (p in names(set)) {
    words <- c(words, "--set", paste0(p, "=", written(set[[p]])))
  }
  if (!is.null(replications)) words <- c(words, "--replications", written(replications))
  if (!is.null(seed)) words <- c(words, "--seed", written(seed))
  call_program(find_program(path), c(words, options))
  read_results(out)
}

# A value as scenarios write it: TRUE is true, 1e6 is 1000000.
written <- function(value) {
  if (is.logical(value)) return(tolower(as.character(value)))
  if (is.numeric(value)) return(format(value, digits = 15, scientific = FALSE, trim = TRUE))
  as.character(value)
}

# Standard output of the program; its message is the error where it fails.
call_program <- function(program, words) {
  errors <- tempfile()
  on.exit(unlink(errors))
  said <- suppressWarnings(system2(program, shQuote(words), stdout = TRUE, stderr = errors))
  status <- attr(said, "status")
  if (!is.null(status) && status != 0) {
    message <- paste(readLines(errors, warn = FALSE, encoding = "UTF-8"), collapse = "\n")
    if (!nzchar(message)) message <- paste(program, "ended with", status)
    stop(structure(class = c("simulate_error", "error", "condition"),
                   list(message = message, call = NULL, code = as.integer(status))))
  }
  as.character(said)
}
