# R's package survey. Rscript survey.R FOLDER HOW: HOW is "each" (svyby and svymean, one call a variable: the usual way),
# "once" (all variables in one call) or "four" (the same with four stages and finite populations). In one call a single
# gap takes the respondent out of every variable, so gaps are filled first, which takes as long as the real figures.
# Prints the seconds of CPU of the estimates alone; "each" writes its figures to FOLDER/r_each.csv.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
how <- commandArgs(TRUE)[2]
ends <- list(1:6, 7:12, 13:18, 19:23, 24:27, 28:30, 31:33, 34:36, 37:39, 1:23, 24:39, 1:39)
items <- sprintf("q%02d", 1:39)
variables <- c(items, sprintf("node%02d", 0:11))

read <- function(year) {
  d <- read.csv(file.path(folder, paste0("year", year, ".csv")))
  if (how != "each") d[items][is.na(d[items])] <- 3
  for (i in seq_along(ends)) d[[sprintf("node%02d", i - 1)]] <- rowMeans(d[items[ends[[i]]]], na.rm = TRUE)
  d$all <- 1
  d
}

design_of <- function(d) {
  if (how != "four") return(svydesign(~district, strata = ~province, weights = ~weight, data = d, nest = TRUE))
  svydesign(~district + commune + village + person, strata = ~province, weights = ~weight, data = d, nest = TRUE,
            fpc = ~n_districts + n_communes + n_villages + n_people)
}

designs <- lapply(1:2, function(year) design_of(read(year)))
found <- NULL
keep <- function(year, variable, m, by) {
  se <- SE(m)
  found <<- rbind(found, data.frame(year, variable, province = by, estimate = as.vector(coef(m)), se = as.vector(unlist(se))))
}
time <- system.time(for (year in 1:2) {
  if (how == "each") {
    for (v in variables) {
      m <- svyby(reformulate(v), ~province, designs[[year]], svymean, na.rm = TRUE)
      keep(year, v, m, m$province)
      keep(year, v, svymean(reformulate(v), designs[[year]], na.rm = TRUE), 63)
    }
  } else {
    m <- svyby(reformulate(variables), ~province, designs[[year]], svymean)
    nation <- svymean(reformulate(variables), designs[[year]])
  }
})
if (!is.null(found)) {
  found$estimate <- sprintf("%.17g", found$estimate)
  found$se <- sprintf("%.17g", found$se)
  write.csv(found, file.path(folder, paste0("r_", how, ".csv")), row.names = FALSE, quote = FALSE)
}
cat(sprintf('{"cpu": [%f], "wall": [%f], "versions": {"R": "%s.%s", "survey": "%s"}}\n', sum(time[1:2]), time[3],
            R.version$major, R.version$minor, packageVersion("survey")))
