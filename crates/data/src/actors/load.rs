//! *What do the files of `data/actors` say?*

use annalist_schema::{Country, DayInterval, Sector};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

use super::entry::{Actor, ActorKind, Term};
use crate::error::{Error, from_toml};
use crate::gazetteer::fold;

/// A file: country codes, and below each its entries by article.
type Tables = BTreeMap<String, BTreeMap<Spanned<String>, Line>>;

/// An entry is a short line or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Short(String),
    Long(Box<Fields>),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fields {
    /// Offices held, as in a short line of `leaders.toml`.
    terms: String,
    /// `SECTOR name; name`, as in a short line of the other files.
    line: String,
    /// The usual name where the article's title is not it.
    name: String,
    aka: Vec<String>,
    from: String,
    to: String,
    member_of: Vec<String>,
    backed_by: Vec<String>,
    /// Where to check an entry that has no article of its own.
    origin: Option<String>,
}

/// The entries of all files, sorted by id.
pub(super) fn entries(files: &[(&str, &str)]) -> Result<Vec<Actor>, Error> {
    let mut entries = Vec::new();
    for (file, text) in files {
        read_file(file, text, &mut entries)?;
    }
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    match entries.windows(2).find(|pair| pair[0].id == pair[1].id) {
        Some(pair) => Err(Error::of("data/actors", format!("entry `{}`: is there twice", pair[0].id))),
        None => Ok(entries),
    }
}

fn read_file(file: &str, text: &str, entries: &mut Vec<Actor>) -> Result<(), Error> {
    let path = format!("data/actors/{file}");
    let tables: Tables = from_toml(&path, text)?;
    let kind = kind_of(file);
    for (code, lines) in tables {
        for (title, line) in lines {
            let (at, title) = (title.span().start, title.get_ref());
            let problem = |problem: String| Error::entry(&path, text, at, title, problem);
            entries.push(read_entry(kind, &code, title, line).map_err(problem)?);
        }
    }
    Ok(())
}

/// The file says what sort of actor its entries are.
fn kind_of(file: &str) -> ActorKind {
    match file {
        "leaders.toml" => ActorKind::Person,
        "groups.toml" => ActorKind::Group,
        "seats.toml" => ActorKind::Seat,
        _ => ActorKind::Organisation,
    }
}

fn read_entry(kind: ActorKind, code: &str, title: &str, line: Line) -> Result<Actor, String> {
    let mut fields = match line {
        Line::Long(fields) => *fields,
        Line::Short(terms) if kind == ActorKind::Person => Fields { terms, ..Fields::default() },
        Line::Short(line) => Fields { line, ..Fields::default() },
    };
    let country = read_country(code)?;
    let (wiki, origin) = read_origin(title, fields.origin.take())?;
    let name = if fields.name.is_empty() { plain_name(title).to_owned() } else { fields.name };
    let (sectors, mut aliases) = read_line(&fields.line)?;
    aliases.append(&mut fields.aka);
    let terms = read_terms(&fields.terms, country)?;
    if kind == ActorKind::Person && terms.is_empty() {
        return Err("a person needs `terms`".to_owned());
    }
    Ok(Actor {
        id: fold(title).replace(' ', "-"),
        name,
        wiki,
        origin,
        kind,
        country,
        sectors,
        aliases,
        terms,
        from: read_optional_days(&fields.from)?,
        to: read_optional_days(&fields.to)?,
        member_of: fields.member_of,
        backed_by: fields
            .backed_by
            .iter()
            .filter_map(|code| read_country(code).transpose())
            .collect::<Result<_, _>>()?,
    })
}

/// The article that the key names is the origin, unless the entry names another.
fn read_origin(title: &str, origin: Option<String>) -> Result<(Option<String>, String), String> {
    match origin {
        None if title.trim().is_empty() => {
            Err("has no origin: neither an article's title nor `origin`".to_owned())
        }
        None => Ok((Some(title.to_owned()), format!("Wikipedia, {title}"))),
        Some(origin) if origin.trim().is_empty() => Err("has an empty `origin`".to_owned()),
        Some(origin) => Ok((None, origin)),
    }
}

/// `William J. Burns (diplomat)` without what tells him from other articles.
fn plain_name(title: &str) -> &str {
    let short = title.split('(').next().unwrap_or(title);
    match short.split_once(',') {
        // "Foreign, Commonwealth and Development Office" is one name, and "foreign" alone is nobody's.
        Some((before, after)) if !after.contains(',') && !after.contains(" and ") => before.trim(),
        _ => short.trim(),
    }
}

/// `none` is the table of actors without a country.
fn read_country(code: &str) -> Result<Option<Country>, String> {
    if code == "none" {
        return Ok(None);
    }
    Country::new(code).map(Some).ok_or_else(|| format!("`{code}` is not a country code"))
}

/// `SECTOR+SECTOR name; name`, `-` for no sector.
fn read_line(line: &str) -> Result<(Vec<Sector>, Vec<String>), String> {
    if line.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let (codes, names) = line.split_once(' ').unwrap_or((line, ""));
    let aliases =
        names.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if codes == "-" {
        return Ok((Vec::new(), aliases));
    }
    let sectors = codes.split('+').map(read_sector).collect::<Result<_, _>>()?;
    Ok((sectors, aliases))
}

fn read_sector(code: &str) -> Result<Sector, String> {
    code.parse().map_err(|_| format!("`{code}` is not a sector"))
}

fn read_terms(text: &str, country: Option<Country>) -> Result<Vec<Term>, String> {
    text.split(';')
        .map(str::trim)
        .filter(|term| !term.is_empty())
        .map(|term| read_term(term, country))
        .collect()
}

/// `office FROM/TO [SECTOR] @COUNTRY`, the last two optional.
fn read_term(text: &str, country: Option<Country>) -> Result<Term, String> {
    let (rest, country) = match text.rsplit_once(" @") {
        Some((rest, code)) => (rest, read_country(code.trim())?),
        None => (text, country),
    };
    let (rest, sector) = match rest.trim_end().strip_suffix(']').and_then(|rest| rest.rsplit_once(" [")) {
        Some((rest, code)) => (rest, read_sector(code)?),
        None => (rest.trim_end(), Sector::Gov),
    };
    let expected = || format!("`{text}` is not `office FROM/TO`");
    let (office, days) = rest.trim_end().rsplit_once(' ').ok_or_else(expected)?;
    let (from, to) = days.split_once('/').ok_or_else(expected)?;
    let from = DayInterval::parse(from).ok_or_else(expected)?;
    let to = read_optional_days(to)?;
    match to {
        Some(to) if to.latest < from.earliest => Err(format!("`{text}` ends before it begins")),
        _ => Ok(Term { office: office.to_owned(), sector, country, from, to }),
    }
}

fn read_optional_days(text: &str) -> Result<Option<DayInterval>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    DayInterval::parse(text).map(Some).ok_or_else(|| format!("`{text}` is not a date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let text = format!("[FRA]\n{line}");
        let outcome = match entries(&[("leaders.toml", text.as_str())]) {
            Ok(entries) => entries.iter().map(|actor| actor.id.as_str()).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        assert!(outcome.contains(expected), "{line} gave {outcome}");
    }

    #[test]
    fn entries_load_or_say_why_not() {
        check(r#""Jane Doe (minister)" = "president 2001/2002-05""#, "jane-doe-minister");
        check(r#""" = "president 2001/""#, "data/actors/leaders.toml:2: entry ``: has no origin");
        check(r#""Jane Doe" = { terms = "president 2001/", origin = " " }"#, "empty `origin`");
        check(r#""Jane Doe" = "president since 2001""#, "is not `office FROM/TO`");
        check(r#""Jane Doe" = "president 2001/1999""#, "ends before it begins");
        check(r#""Jane Doe" = "president 2001/ [XYZ]""#, "`XYZ` is not a sector");
        check(r#""Jane Doe" = { aka = ["J"] }"#, "needs `terms`");
        check(r#""Jane Doe" = { tems = "president 2001/" }"#, "data/actors/leaders.toml:2: ");
        check("\"Jane Doe\" = \"president 2001/\"\n\"Jane  Doe\" = \"king 2001/\"", "is there twice");
    }

    #[test]
    fn a_term_keeps_its_own_sector_and_country() {
        let term = read_term("head of the mission 2001-05/2003 [MIL] @UNO", Country::new("FRA")).unwrap();
        assert_eq!((term.office.as_str(), term.sector), ("head of the mission", Sector::Mil));
        assert_eq!(term.country, Country::new("UNO"));
        assert!(term.covers(DayInterval::parse("2003-12-31").unwrap()));
        assert!(!term.covers(DayInterval::parse("2001-04-30").unwrap()));
    }
}
