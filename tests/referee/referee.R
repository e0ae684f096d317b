# The referee: what R's package survey says of the data sets here. Rscript referee.R FOLDER [DESIGN …] writes recorded.csv
# and weights.csv into FOLDER, for all designs of designs.json or the named ones (all: five minutes). 17 digits are
# enough to get the same number back.
suppressMessages({library(survey); library(jsonlite)})

# Rscript writes a space in the path as ~+~.
here <- dirname(gsub("~+~", " ", sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)), fixed = TRUE))
out <- commandArgs(TRUE)[1]
only <- commandArgs(TRUE)[-1]
items <- paste0("q", 1:5)
shares <- paste0("s", 1:5)
means <- c(items, "g", "visits")
bys <- c("all", "sex", "age", "province", "year")
pairs <- list(sex = list(c(1, 2)), province = list(c(1, 2), c(5, 4)), year = list(c(2024, 2023)))

read <- function(name) {
  d <- read.csv(file.path(here, paste0(name, ".csv")))
  for (i in 1:5) d[[shares[i]]] <- as.numeric(d[[items[i]]] >= 4)
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
  made <- svydesign(ids = d[unlist(one$clusters)], strata = strata, fpc = finite(d, unlist(one$populations)),
                    weights = d$weight, data = d, nest = length(one$strata) > 0)
  margins <- c(unlist(one$post_strata), unlist(one$rake))
  if (length(margins) == 0) return(made)
  # Known totals: the estimated ones, shifted by class, so that the weights must move.
  shifted <- function(columns) {
    t <- as.data.frame(xtabs(reformulate(columns, "weight"), data = d))
    t$Freq <- t$Freq * seq(0.8, 1.3, length.out = nrow(t))
    t
  }
  if (!is.null(one$post_strata)) return(postStratify(made, reformulate(margins), shifted(margins)))
  totals <- lapply(margins, shifted)
  for (i in 2:length(totals)) totals[[i]]$Freq <- totals[[i]]$Freq * sum(totals[[1]]$Freq) / sum(totals[[i]]$Freq)
  rake(made, lapply(margins, reformulate), totals, control = list(maxit = 500, epsilon = 1e-15))
}

rows <- list()
say <- function(...) rows[[length(rows) + 1]] <<- list(...)

interval <- function(estimate, se, df) estimate + c(-1, 1) * qt(0.975, df) * se

estimates <- function(name, design, by, domain) {
  here_are <- design$variables[[by]] == domain
  part <- if (by == "all") design else design[here_are, ]
  df <- degf(part)
  known <- function(columns) sum(complete.cases(design$variables[here_are & !is.na(here_are), columns, drop = FALSE]))
  if (sum(design$variables[[by]] == domain) == 0) return()
  record <- function(statistic, variable, n, estimate, se, deff, ci = interval(estimate, se, df)) {
    say(name, statistic, variable, by, domain, n, estimate, se, df, deff, ci[1], ci[2], NA)
  }
  for (v in means) {
    if (known(v) == 0) next
    m <- svymean(reformulate(v), part, na.rm = TRUE, deff = "replace")
    record("mean", v, known(v), coef(m), SE(m), deff(m))
  }
  for (v in shares) {
    if (known(v) == 0) next
    m <- svymean(reformulate(v), part, na.rm = TRUE, deff = "replace")
    p <- coef(m)
    logit <- if (p > 0 && p < 1) plogis(interval(qlogis(p), SE(m) / (p * (1 - p)), df)) else c(NA, NA)
    record("share", v, known(v), p, SE(m), deff(m), logit)
  }
  for (v in c("q1", "visits", "spent")) {
    if (known(v) == 0) next
    t <- svytotal(reformulate(v), part, na.rm = TRUE, deff = "replace")
    record("total", v, known(v), coef(t), SE(t), deff(t))
  }
  for (v in list(c("spent", "visits"), c("q2", "q3"))) {
    if (known(v) == 0) next
    r <- svyratio(reformulate(v[1]), reformulate(v[2]), part, na.rm = TRUE, deff = "replace")
    record("ratio", paste(v, collapse = "/"), known(v), as.vector(coef(r)), as.vector(SE(r)), as.vector(attr(r, "deff")))
  }
  z <- scores(design, here_are, c("q1", "q2", "q3"))
  answered <- here_are & rowSums(!is.na(design$variables[c("q1", "q2", "q3")])) > 0
  v <- variance(design, z$scores, answered)
  record("items", "g", sum(answered), mean(z$estimates), sqrt(v), NA, interval(mean(z$estimates), sqrt(v), df))
}

# The mean of the means of items, and the weighted scores that its variance comes from, by respondent.
scores <- function(design, here_are, items) {
  w <- ifelse(here_are, 1 / design$prob, 0)
  found <- sapply(items, function(i) {
    y <- design$variables[[i]]
    a <- ifelse(is.na(y), 0, w)
    y[is.na(y)] <- 0
    list(sum(a * y) / sum(a), a * (y - sum(a * y) / sum(a)) / sum(a))
  })
  list(estimates = unlist(found[1, ]), scores = rowMeans(do.call(cbind, found[2, ])))
}

variance <- function(design, scores, inside) {
  if (is.null(design$postStrata)) {
    design <- design[inside, ]
    scores <- scores[inside]
  }
  as.vector(svyrecvar(scores, design$cluster, design$strata, design$fpc, postStrata = design$postStrata))
}

differences <- function(name, design, by) {
  for (pair in pairs[[by]]) {
    of <- design$variables[[by]]
    for (v in c(items, "s1")) {
      first <- scores(design, of == pair[1], v)
      second <- scores(design, of == pair[2], v)
      inside <- of %in% pair
      answered <- inside & !is.na(design$variables[[v]])
      difference(name, v, by, pair, first$estimates - second$estimates,
                 variance(design, first$scores - second$scores, answered), degf(design[inside, ]))
    }
  }
}

difference <- function(name, variable, by, pair, estimate, v, df) {
  ci <- interval(estimate, sqrt(v), df)
  p <- 2 * pt(-abs(estimate / sqrt(v)), df)
  say(name, "difference", variable, by, paste(pair, collapse = "-"), NA, estimate, sqrt(v), df, NA, ci[1], ci[2], p)
}

# Two years that have nothing in common: two designs.
years <- function(one, d) {
  both <- lapply(2023:2024, function(y) design_of(one, d[d$year == y, ]))
  for (v in items) {
    m <- lapply(both, function(x) svymean(reformulate(v), x, na.rm = TRUE))
    difference(one$name, v, "years", c(2024, 2023), coef(m[[2]]) - coef(m[[1]]),
               as.vector(SE(m[[1]])^2 + SE(m[[2]])^2), degf(both[[1]]) + degf(both[[2]]))
  }
}

# Two years that share some clusters: the earlier without the third district, the later without the fourth. Each year's own
# variance, less twice the covariance of what the shared clusters say; R gives it as that of two totals of these clusters,
# where n12 of them count for n12 - n1 n2 / N.
overlap <- function(one, d) {
  asked <- list(d[d$year == 2023 & d$district != 3, ], d[d$year == 2024 & d$district != 4, ])
  both <- lapply(asked, function(x) design_of(one, x))
  clusters <- lapply(asked, function(x) unique(x[c("area", "province", "n_districts")]))
  shared <- merge(clusters[[1]], clusters[[2]])
  number <- function(of) as.vector(table(factor(of$province, unique(shared$province)))[as.character(shared$province)])
  n <- lapply(c(clusters, list(shared)), number)
  of <- if (all(unlist(one$populations) == "")) Inf else shared$n_districts
  counts <- sqrt(1 - n[[1]] * n[[2]] / of / n[[3]])
  for (v in items) {
    z <- lapply(both, function(x) scores(x, x$variables$all == 1, v))
    t <- lapply(1:2, function(y) counts * as.vector(tapply(z[[y]]$scores, asked[[y]]$area, sum)[as.character(shared$area)]))
    pair <- svydesign(~area, strata = ~province, weights = ~1, data = cbind(shared, first = t[[1]], second = t[[2]]))
    together <- vcov(svytotal(~first + second, pair))[1, 2]
    m <- lapply(both, function(x) svymean(reformulate(v), x, na.rm = TRUE))
    union <- unique(do.call(rbind, clusters))
    difference(one$name, v, "overlap", c(2024, 2023), coef(m[[2]]) - coef(m[[1]]),
               as.vector(SE(m[[1]])^2 + SE(m[[2]])^2) - 2 * together, nrow(union) - length(unique(union$province)))
  }
}

jackknife <- function(name, design) {
  again <- as.svrepdesign(design, type = "JKn", mse = TRUE)
  for (v in c(items, "g")) {
    m <- svymean(reformulate(v), again, na.rm = TRUE)
    say(name, "jackknife", v, "all", 1, NA, coef(m), SE(m), NA, NA, NA, NA, NA)
  }
}

weights_after <- list()
for (one in fromJSON(file.path(here, "designs.json"), simplifyVector = FALSE)) {
  if (length(only) && !(one$name %in% only)) next
  d <- read(one$data)
  design <- design_of(one, d)
  if (!is.null(design$postStrata)) {
    weights_after[[length(weights_after) + 1]] <-
      data.frame(design = one$name, id = d$id, weight = sprintf("%.17g", 1 / design$prob))
  }
  stopped <- tryCatch({svymean(~q1, design, na.rm = TRUE); FALSE}, error = function(e) TRUE)
  if (stopped) {
    say(one$name, "stop", "", "", "", NA, NA, NA, NA, NA, NA, NA, NA)
    next
  }
  for (by in bys) for (domain in sort(unique(d[[by]]))) estimates(one$name, design, by, domain)
  for (by in names(pairs)) differences(one$name, design, by)
  if (one$name %in% c("one stage", "one stage, finite", "persons in provinces")) {
    jackknife(one$name, design)
    years(one, d)
  }
  if (one$name %in% c("one stage", "one stage, finite")) overlap(one, d)
}

text <- function(x) if (is.numeric(x)) ifelse(is.finite(x), sprintf("%.17g", x), "") else if (is.na(x)) "" else x
table <- as.data.frame(do.call(rbind, lapply(rows, function(r) sapply(r, text))))
names(table) <- c("design", "statistic", "variable", "by", "domain", "n", "estimate", "se", "df", "deff", "low", "high", "p")
write.csv(table, file.path(out, "recorded.csv"), row.names = FALSE, quote = c(1))
if (length(weights_after)) write.csv(do.call(rbind, weights_after), file.path(out, "weights.csv"), row.names = FALSE, quote = c(1))
