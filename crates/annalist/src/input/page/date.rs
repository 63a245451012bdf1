//! *On which day was a page published, and what says so?* Everything on it that names a day is a candidate; the best kind counts,
//! unless several others agree against it.

use annalist_schema::{DayInterval, MONTHS};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::json_ld::{articles, days, is_article};

/// A day of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days.
    pub days: DayInterval,
    /// What says so.
    pub by: String,
    /// Kinds that are better stand first.
    rank: u8,
}

/// Names of `meta` elements that say when a page was published, the surest first.
const META: [&str; 24] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published-date",
    "published_time",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "article.published",
    "originalpublicationdate",
    "rnews:datepublished",
    "date",
];

/// Parts of the names of classes around a day of publication.
const CLASSES: [&str; 10] = [
    "publish",
    "pubdate",
    "post-date",
    "entry-date",
    "posted",
    "dateline",
    "byline",
    "timestamp",
    "article-date",
    "meta-date",
];

/// The day that the best candidate names.
pub fn resolve(html: &Html, data: &[Value], url: Option<&str>) -> Option<Dated> {
    let mut candidates = candidates(html, data, url);
    candidates.retain(|candidate| is_plausible(candidate.days));
    candidates.sort_by_key(|candidate| candidate.rank);
    let best = candidates.first()?.clone();
    // One kind may be the template's own; two others that agree are not.
    let others = |days: DayInterval| {
        let ranks: std::collections::BTreeSet<u8> =
            candidates.iter().filter(|one| one.rank < LAST && one.days == days).map(|one| one.rank).collect();
        ranks.len()
    };
    let outvoted =
        candidates.iter().find(|one| one.days != best.days && others(one.days) >= 2 && others(best.days) < 2);
    Some(outvoted.cloned().unwrap_or(best))
}

/// The web is younger than newspapers, and pages are not from tomorrow's century.
fn is_plausible(days: DayInterval) -> bool {
    (1800..=2100).contains(&days.earliest.year())
}

/// Of this rank and beyond, a day counts only where there is none before.
const LAST: u8 = 6;

fn candidates(html: &Html, data: &[Value], url: Option<&str>) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut add = |rank: u8, by: String, days: Option<DayInterval>| {
        found.extend(days.map(|days| Dated { days, by, rank }));
    };
    for (field, rank) in [("datePublished", 0), ("dateCreated", 4), ("dateModified", LAST + 1)] {
        for article in articles(data) {
            add(rank, format!("JSON-LD {field}"), article[field].as_str().and_then(days));
        }
    }
    for object in data.iter().filter(|object| !is_article(object)) {
        add(3, "JSON-LD datePublished".to_owned(), object["datePublished"].as_str().and_then(days));
    }
    for element in select(html, "meta[content]") {
        let Some((name, content)) = named(element) else { continue };
        let rank = META.iter().position(|meta| *meta == name);
        if let Some(rank) = rank {
            add(if rank < 16 { 1 } else { 4 }, format!("meta {name}"), days(content));
        } else if matches!(
            name.as_str(),
            "article:modified_time" | "og:updated_time" | "last-modified" | "datemodified"
        ) {
            add(LAST + 1, format!("meta {name}"), days(content));
        }
    }
    for element in select(html, "time, [itemprop='datePublished'], abbr.published") {
        let words: String = element.text().collect();
        let stamp =
            ["datetime", "content", "title"].iter().find_map(|name| element.attr(name).and_then(days));
        let stamp = stamp.or_else(|| days(words.trim()));
        let is_marked =
            element.attr("pubdate").is_some() || element.attr("itemprop") == Some("datePublished");
        let is_change = element.attr("itemprop") == Some("dateModified");
        let (rank, by) = match (is_marked, is_change, is_within(element, &["article", "main", "header"])) {
            (true, ..) => (1, "element marked datePublished"),
            (_, true, _) => (LAST + 1, "element marked dateModified"),
            (_, _, true) => (2, "time in the article"),
            _ => (LAST, "time on the page"),
        };
        // Pages of one article show the days of others too; those stand further down.
        add(rank, by.to_owned(), stamp);
    }
    let by_address = url.and_then(in_address);
    let rank = if by_address.is_some_and(|days| days.n_days() == 1) { 2 } else { LAST };
    add(rank, "the address".to_owned(), by_address);
    for element in select(html, "[class], [id]") {
        let is_named = |name: &str| {
            element.attr(name).is_some_and(|value| {
                let value = value.to_ascii_lowercase();
                CLASSES.iter().any(|class| value.contains(class))
            })
        };
        let words: String = element.text().take(20).collect();
        if words.len() < 160 && (is_named("class") || is_named("id")) {
            add(5, "words beside the headline".to_owned(), stamp_in(&words));
        }
    }
    add(LAST, "a line that is a date".to_owned(), alone(html));
    found
}

/// The first words with nothing beside them that are a day, in the article before elsewhere.
fn alone(html: &Html) -> Option<DayInterval> {
    let texts = html.tree.nodes().filter_map(|node| {
        let text = node.value().as_text()?.trim();
        let day = days(text).filter(|days| days.n_days() == 1 && (8..60).contains(&text.len()))?;
        let outer = node.ancestors().filter_map(ElementRef::wrap);
        let names: Vec<_> = outer.map(|outer| outer.value().name()).collect();
        let is_shown = !["script", "style", "footer", "aside", "nav"].iter().any(|name| names.contains(name));
        is_shown.then(|| (!names.contains(&"article") && !names.contains(&"main"), day))
    });
    texts.take(N_LOOKED_AT).min_by_key(|(is_elsewhere, _)| *is_elsewhere).map(|(_, day)| day)
}

/// The first line or part of one that is a stamp.
fn stamp_in(words: &str) -> Option<DayInterval> {
    let parts = words.split(['\n', '|', '•', '·', '—']).map(str::trim).filter(|part| !part.is_empty());
    std::iter::once(words.trim()).chain(parts).find_map(days)
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector)
        .map(|selector| html.select(&selector).take(N_LOOKED_AT).collect())
        .unwrap_or_default()
}

/// Elements of a kind that are looked at.
const N_LOOKED_AT: usize = 2000;

/// `name`, `property` or `itemprop` of a `meta` element, in small letters, and what it says.
fn named(element: ElementRef<'_>) -> Option<(String, &str)> {
    let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| element.attr(name))?;
    Some((name.to_ascii_lowercase(), element.attr("content")?))
}

fn is_within(element: ElementRef<'_>, names: &[&str]) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|outer| names.contains(&outer.value().name()))
}

/// The day that stands in an address: `/2021/03/04/`, `/2021-03-04-`, `/2021/mar/04/`, `20210304`; a month where there is no day.
fn in_address(url: &str) -> Option<DayInterval> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).skip(1).filter(|part| !part.is_empty()).collect();
    let whole = parts.windows(3).find_map(|three| {
        let (year, month) = (year(three[0])?, month(three[1])?);
        let day: i8 = three[2].parse().ok().filter(|_| three[2].len() <= 2)?;
        Some(DayInterval::day(jiff::civil::Date::new(year, month, day).ok()?))
    });
    let packed = || {
        parts.iter().filter(|part| part.len() == 8).find_map(|part| {
            let (year, month) = (year(part.get(..4)?)?, month(part.get(4..6)?)?);
            Some(DayInterval::day(jiff::civil::Date::new(year, month, part.get(6..)?.parse().ok()?).ok()?))
        })
    };
    let of_month = || {
        parts.windows(2).find_map(|two| {
            let first = jiff::civil::Date::new(year(two[0])?, month(two[1])?, 1).ok()?;
            Some(DayInterval { earliest: first, latest: first.last_of_month() })
        })
    };
    whole.or_else(packed).or_else(of_month)
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1990..=2100).contains(year))
}

fn month(text: &str) -> Option<i8> {
    let number = text.parse().ok().filter(|month| text.len() <= 2 && (1..=12).contains(month));
    let text = text.to_lowercase();
    let named = || {
        let is_it = |name: &str| text.len() >= 3 && name.to_lowercase().starts_with(&text);
        (1..).zip(MONTHS.iter()).find(|(_, name)| is_it(name)).map(|(number, _)| number)
    };
    number.or_else(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        let found = in_address(url).map_or_else(|| "-".to_owned(), |days| days.format());
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn addresses_name_days() {
        check("https://n.example/2021/03/04/attack", "2021-03-04");
        check("https://n.example/world/2021/mar/04/attack", "2021-03-04");
        check("https://n.example/2021-03-04-attack", "2021-03-04");
        check("https://n.example/attack-20210304.html", "2021-03-04");
        check("https://n.example/2021/03/attack", "2021-03");
        check("https://n.example/story/12345678/99/99", "-");
        check("https://n.example/?date=2021-03-04", "-");
    }

    fn check_page(html: &str, url: Option<&str>, expected: &str) {
        let html = Html::parse_document(html);
        let data = super::super::json_ld::objects(&html);
        let found = resolve(&html, &data, url)
            .map_or_else(|| "-".to_owned(), |dated| format!("{} {}", dated.days.format(), dated.by));
        assert_eq!(found, expected);
    }

    #[test]
    fn two_that_agree_outvote_one() {
        let page = "<meta property='article:published_time' content='2021-03-03'><script type='application/ld+json'>\
                    {\"@type\":\"NewsArticle\",\"datePublished\":\"2019-01-01\"}</script>";
        check_page(page, Some("https://n.example/2021/03/03/x"), "2021-03-03 meta article:published_time");
        check_page(page, None, "2019-01-01 JSON-LD datePublished");
    }

    #[test]
    fn what_was_changed_counts_only_where_nothing_else_does() {
        check_page(
            "<meta property='article:modified_time' content='2021-03-05'>",
            None,
            "2021-03-05 meta article:modified_time",
        );
        check_page(
            "<meta property='article:modified_time' content='2021-03-05'><span class='post-date'>Published: 3 March 2021</span>",
            None,
            "2021-03-03 words beside the headline",
        );
        check_page(
            "<div><span>5 March 2021</span></div><article><div>3 March 2021</div><p>In May 2020 they met.</p></article>",
            None,
            "2021-03-03 a line that is a date",
        );
        check_page("<footer>Copyright 2021</footer><p>In March 2021 talks resumed</p>", None, "-");
    }
}
