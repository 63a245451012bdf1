//! *What does a page say of itself to machines?* Its JSON-LD in schema.org's terms.

use annalist_schema::{DayInterval, Stamp};
use scraper::{Html, Selector};
use serde_json::Value;

/// A post of a live blog.
pub struct Post {
    /// Its place, from one.
    pub number: usize,
    /// Its headline.
    pub title: Option<String>,
    /// Its text, perhaps with markup.
    pub body: String,
    /// When it was published.
    pub published: Option<DayInterval>,
    /// Its own address.
    pub url: Option<String>,
}

/// Every object of every script, those within others after them.
pub fn objects(html: &Html) -> Vec<Value> {
    let Ok(selector) = Selector::parse("script[type='application/ld+json']") else { return Vec::new() };
    let mut open: Vec<Value> = Vec::new();
    for script in html.select(&selector) {
        let text: String = script.text().collect();
        let text =
            text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
        // Nesting deeper than serde_json takes is no page's own.
        open.extend(serde_json::from_str::<Value>(text).ok());
    }
    open.reverse();
    let mut found = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut fields) => {
                if let Some(graph) = fields.remove("@graph") {
                    open.push(graph);
                }
                let inner = fields.get("mainEntity").or_else(|| fields.get("mainEntityOfPage")).cloned();
                open.extend(inner.filter(Value::is_object));
                found.push(Value::Object(fields));
            }
            _ => {}
        }
    }
    found
}

/// Whether an object is of a type whose name ends so.
fn is_a(object: &Value, ends: &[&str]) -> bool {
    let types = match &object["@type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one.as_str()],
        _ => Vec::new(),
    };
    types.iter().any(|one| ends.iter().any(|end| one.ends_with(end)))
}

/// Whether an object is an article.
pub fn is_article(object: &Value) -> bool {
    is_a(object, &["Article", "Posting", "Report", "NewsItem"])
}

/// Objects that are articles.
pub fn articles(objects: &[Value]) -> impl Iterator<Item = &Value> {
    objects.iter().filter(|object| is_article(object))
}

/// The text of the article, where it is told.
pub fn article_body(objects: &[Value]) -> Option<String> {
    let body = articles(objects).find_map(|object| object["articleBody"].as_str())?;
    Some(body.to_owned()).filter(|body| !body.trim().is_empty())
}

/// Who published it.
pub fn publisher(objects: &[Value]) -> Option<String> {
    let name = articles(objects).find_map(|object| object["publisher"]["name"].as_str())?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The posts of live blogs.
pub fn posts(objects: &[Value]) -> Vec<Post> {
    let updates = objects.iter().filter(|object| is_a(object, &["LiveBlogPosting"]));
    let updates = updates.flat_map(|object| object["liveBlogUpdate"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    updates
        .zip(1..)
        .map(|(post, number)| Post {
            number,
            title: text(&post["headline"]),
            body: text(&post["articleBody"]).unwrap_or_default(),
            published: post["datePublished"].as_str().and_then(days),
            url: text(&post["url"]).filter(|url| url.starts_with("http")),
        })
        .collect()
}

/// The day of a stamp.
pub fn days(text: &str) -> Option<DayInterval> {
    let text = text.trim();
    match DayInterval::parse(text) {
        Some(days) => Some(days),
        None => match Stamp::read(text)? {
            Stamp::Days(days) => Some(days),
            Stamp::Ambiguous(..) => None,
        },
    }
}
