//! *Which sentences hold these words?* The index of sentences, asked.

use std::collections::BTreeSet;

use annalist_schema::{ClaimRef, Situation};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::listing::{Listed, Window};
use super::store;
use crate::page::{Page, pad};
use crate::table::Record;

/// A sentence that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Id of the report.
    pub report: String,
    /// Number of the sentence in it, from 1.
    pub sentence: i64,
    /// First day on which it may have been published, if known.
    pub published: Option<String>,
    /// Its words.
    pub text: String,
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] = &["report", "sentence", "published", "text"];

    fn fields(&self) -> Vec<String> {
        let published = self.published.clone().unwrap_or_default();
        vec![self.report.clone(), self.sentence.to_string(), published, self.text.clone()]
    }
}

/// Sentences for a terminal.
pub fn search_text(found: &[Found], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for one in found {
        let day = pad(one.published.as_deref().unwrap_or("undated"));
        page.wrapped(&day, &format!("{} · {}:{}", one.text.trim(), one.report, one.sentence));
    }
    page.out
}

/// Sentences with all of the words, the best first, as of a day.
pub fn search(connection: &Connection, words: &str, as_of: Option<Date>) -> rusqlite::Result<Vec<Found>> {
    let asked = phrases(words);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT report.id, sentence.number, published_from, sentence_search.text
               FROM sentence_search JOIN sentence ON sentence_idx = sentence_search.rowid
               JOIN report USING (report_idx) JOIN reading USING (report_idx)
               WHERE sentence_search MATCH ?1 AND withdrawn IS NULL AND (?2 IS NULL OR published_to <= ?2)
               ORDER BY rank, report.id, sentence.number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![asked, as_of.map(|day| day.to_string())], |row| {
        Ok(Found { report: row.get(0)?, sentence: row.get(1)?, published: row.get(2)?, text: row.get(3)? })
    })?;
    rows.collect()
}

/// Some of the sentences with all of the words, the best first.
pub fn window(connection: &Connection, words: &str, window: Window) -> rusqlite::Result<Listed<Found>> {
    let asked = phrases(words);
    if asked.is_empty() {
        return Ok(Listed { rows: Vec::new(), total: 0 });
    }
    let sql = "SELECT count(*) FROM sentence_search WHERE sentence_search MATCH ?1";
    let total: i64 = connection.prepare_cached(sql)?.query_row([&asked], |row| row.get(0))?;
    let sql = "SELECT report.id, sentence.number, published_from, sentence_search.text
               FROM sentence_search JOIN sentence ON sentence_idx = sentence_search.rowid
               JOIN report USING (report_idx) JOIN reading USING (report_idx)
               WHERE sentence_search MATCH ?1 AND withdrawn IS NULL ORDER BY rank LIMIT ?2 OFFSET ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![asked, window.limit as i64, window.offset as i64], |row| {
        Ok(Found { report: row.get(0)?, sentence: row.get(1)?, published: row.get(2)?, text: row.get(3)? })
    })?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Listed { rows, total: usize::try_from(total).unwrap_or_default() })
}

/// Makes the index anew from the sentences.
pub fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "INSERT INTO sentence_search (sentence_search) VALUES ('rebuild')";
    connection.execute(sql, []).map(drop)
}

/// Only sentences in which some claim of the events has its trigger.
pub fn stated(
    connection: &Connection,
    found: Vec<Found>,
    situation: &Situation,
) -> rusqlite::Result<Vec<Found>> {
    let claims: BTreeSet<_> = situation.events.iter().flat_map(|event| &event.claims).collect();
    let mut kept = Vec::new();
    for one in found {
        let Some((_, reading)) = store::entry(connection, &one.report)? else { continue };
        let stands_in = |claim: &annalist_schema::Claim| i64::from(claim.sentence) + 1 == one.sentence;
        let mut there = reading.claims.iter().filter(|claim| stands_in(claim));
        if there.any(|claim| claims.contains(&ClaimRef::new(&one.report, &claim.id))) {
            kept.push(one);
        }
    }
    Ok(kept)
}

/// Every word, or phrase between quotation marks, quoted: what a person types is never syntax.
pub fn phrases(words: &str) -> String {
    let parts = words.split('"').enumerate();
    let phrases = parts.flat_map(|(index, part)| match index % 2 {
        1 => vec![part],
        _ => part.split_whitespace().collect(),
    });
    let is_word = |phrase: &&str| phrase.chars().any(char::is_alphanumeric);
    phrases.filter(is_word).map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(phrases(words), expected);
    }

    #[test]
    fn no_word_is_syntax() {
        check("convoy OR NOT", r#""convoy" "OR" "NOT""#);
        check(r#"two "five men" - *"#, r#""two" "five men""#);
        check(r#"un"closed phrase"#, r#""un" "closed phrase""#);
        check(" \" ", "");
    }
}
