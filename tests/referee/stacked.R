# Differences between two years as R gives them with both years stacked in one design, where a cluster that was asked in both
# is one cluster: svyby by year, svycontrast of the two. Rscript stacked.R FOLDER [DESIGN …] writes stacked.csv into FOLDER, for
# all designs of designs.json without known totals (a minute) or the named ones.
suppressMessages({library(survey); library(jsonlite)})

# Rscript writes a space in the path as ~+~.
here <- dirname(gsub("~+~", " ", sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)), fixed = TRUE))
out <- commandArgs(TRUE)[1]
only <- commandArgs(TRUE)[-1]

read <- function(name) {
  d <- read.csv(file.path(here, paste0(name, ".csv")))
  d$s1 <- as.numeric(d$q1 >= 4)
  d$all <- 1
  d$area <- d$province * 10 + d$district
  d$g <- rowMeans(d[c("q1", "q2", "q3")], na.rm = TRUE)  # a respondent's value of a group of items
  d$g[is.nan(d$g)] <- NA
  d
}

finite <- function(d, populations) {
  if (all(populations == "")) return(NULL)
  as.data.frame(lapply(populations, function(p) if (p == "") rep(Inf, nrow(d)) else d[[p]]))
}

design_of <- function(one, d) {
  options(survey.lonely.psu = one$lonely)
  strata <- if (length(one$strata)) interaction(d[unlist(one$strata)], drop = TRUE) else NULL
  svydesign(ids = d[unlist(one$clusters)], strata = strata, fpc = finite(d, unlist(one$populations)),
            weights = d$weight, data = d, nest = length(one$strata) > 0)
}

# Which respondents are left, so that the years share all clusters, some, or none.
sharing <- list(
  all = function(d) rep(TRUE, nrow(d)),
  rotated = function(d) !(d$year == 2023 & d$district == 3) & !(d$year == 2024 & d$district == 2),
  fewer = function(d) !(d$year == 2024 & d$district == 1 & d$province %in% c(1, 4)),
  none = function(d) (d$year == 2023) == (d$district %% 2 == 1)
)

rows <- list()
record <- function(name, shared, statistic, variable, sex, contrast, df) {
  estimate <- as.vector(coef(contrast))
  se <- as.vector(SE(contrast))
  reach <- qt(0.975, df) * se
  rows[[length(rows) + 1]] <<- list(name, shared, statistic, variable, sex, estimate, se, df, estimate - reach,
                                    estimate + reach, 2 * pt(-abs(estimate / se), df))
}

works <- function(one, d) {
  made <- tryCatch({x <- design_of(one, d); svymean(~all, x); x}, error = function(e) NULL)
  !is.null(made)
}

for (one in fromJSON(file.path(here, "designs.json"), simplifyVector = FALSE)) {
  if (!is.null(one$post_strata) || !is.null(one$rake) || (length(only) && !(one$name %in% only))) next
  d <- read(one$data)
  for (shared in names(sharing)) {
    both <- d[sharing[[shared]](d), ]
    # What cannot be said of one year cannot be compared.
    if (!works(one, both) || !works(one, both[both$year == 2023, ]) || !works(one, both[both$year == 2024, ])) next
    design <- design_of(one, both)
    for (sex in c("all", "1", "2")) {
      part <- if (sex == "all") design else design[design$variables$sex == as.numeric(sex), ]
      df <- degf(part)
      for (v in c("q1", "q2", "s1", "g", "visits")) {
        by_year <- svyby(reformulate(v), ~year, part[!is.na(part$variables[[v]]), ], svymean, covmat = TRUE)
        record(one$name, shared, "mean", v, sex, svycontrast(by_year, c(-1, 1)), df)
      }
      by_year <- svyby(~spent, ~year, part, svyratio, denominator = ~visits, covmat = TRUE)
      record(one$name, shared, "ratio", "spent/visits", sex, svycontrast(by_year, c(-1, 1)), df)
    }
  }
}

text <- function(x) if (is.numeric(x)) ifelse(is.finite(x), sprintf("%.17g", x), "") else x
table <- as.data.frame(do.call(rbind, lapply(rows, function(r) sapply(r, text))))
names(table) <- c("design", "shared", "statistic", "variable", "sex", "estimate", "se", "df", "low", "high", "p")
write.csv(table, file.path(out, "stacked.csv"), row.names = FALSE, quote = 1)
