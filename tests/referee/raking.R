# The referee of weights: what R's package survey makes of raking_people.csv with the known totals of raking_totals.csv.
# Rscript raking.R FOLDER writes raking_weights.csv into FOLDER; 17 digits are enough to get the same number back.
suppressMessages(library(survey))

# Rscript writes a space in the path as ~+~.
here <- dirname(gsub("~+~", " ", sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)), fixed = TRUE))
out <- commandArgs(TRUE)[1]
people <- read.csv(file.path(here, "raking_people.csv"), fileEncoding = "UTF-8")
totals <- read.csv(file.path(here, "raking_totals.csv"), fileEncoding = "UTF-8")
design <- svydesign(ids = ~1, weights = ~weight, data = people)

population <- function(rows) {
  by <- strsplit(rows$by[1], "|", fixed = TRUE)[[1]]
  labels <- do.call(rbind, strsplit(rows$label, "|", fixed = TRUE))
  made <- as.data.frame(labels)
  names(made) <- by
  made$Freq <- rows$total
  made
}

fitted <- function(case) {
  rows <- totals[totals$case == case, ]
  known <- lapply(split(rows, factor(rows$by, unique(rows$by))), population)
  formulas <- lapply(unique(rows$by), function(by) as.formula(paste("~", gsub("|", "+", by, fixed = TRUE))))
  if (length(known) == 1) return(weights(postStratify(design, formulas[[1]], known[[1]])))
  weights(rake(design, formulas, known, control = list(maxit = 5000, epsilon = 1e-15)))
}

cases <- unique(totals$case)
found <- sapply(cases, function(case) sprintf("%.17g", fitted(case)))
write.csv(data.frame(id = people$id, found, check.names = FALSE), file.path(out, "raking_weights.csv"),
          row.names = FALSE, quote = FALSE)
