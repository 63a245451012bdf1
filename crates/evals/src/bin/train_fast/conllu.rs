//! *Which sentences does this treebank hold?*

use std::io;
use std::path::Path;

/// Documents of a treebank.
pub struct Treebank {
    pub documents: Vec<Document>,
}

/// Text with the sentences in it.
#[derive(Default)]
pub struct Document {
    /// Sentences joined by a space, paragraphs by an empty line.
    pub text: String,
    pub sentences: Vec<Sentence>,
}

/// A sentence.
#[derive(Default)]
pub struct Sentence {
    /// Byte offsets into the document's text.
    pub start: usize,
    pub end: usize,
    pub words: Vec<Word>,
}

/// A syntactic word.
#[derive(Clone)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    pub feats: String,
    /// Index in the sentence; its length for the root.
    pub head: usize,
    pub deprel: String,
}

impl Treebank {
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.documents.iter().flat_map(|document| &document.sentences)
    }
}

impl Sentence {
    pub fn forms(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.form.as_str()).collect()
    }
}

pub fn read(path: &Path) -> io::Result<Treebank> {
    let text = std::fs::read_to_string(path)?;
    let mut documents: Vec<Document> = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let comment = |name: &str| block.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name));
        if documents.is_empty() || comment("newdoc").is_some() {
            documents.push(Document::default());
        }
        let starts_paragraph = comment("newpar").is_some();
        let sentence_text = comment("text = ").unwrap_or_default();
        if let Some(document) = documents.last_mut() {
            document.add(sentence_text, starts_paragraph, words(block));
        }
    }
    Ok(Treebank { documents })
}

impl Document {
    fn add(&mut self, text: &str, starts_paragraph: bool, words: Vec<Word>) {
        if !self.text.is_empty() {
            self.text.push_str(if starts_paragraph { "\n\n" } else { " " });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.sentences.push(Sentence { start, end: self.text.len(), words });
    }
}

fn words(block: &str) -> Vec<Word> {
    let rows = block.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let mut words: Vec<Word> =
        rows.filter(|row| row.len() == 10 && row[0].parse::<usize>().is_ok()).map(|row| word(&row)).collect();
    let n_words = words.len();
    for word in &mut words {
        // Heads count from one, and zero is the root.
        word.head = word.head.checked_sub(1).unwrap_or(n_words);
    }
    words
}

fn word(row: &[&str]) -> Word {
    let [form, lemma, upos, xpos, feats] = [1, 2, 3, 4, 5].map(|column| row[column].to_owned());
    Word { form, lemma, upos, xpos, feats, head: row[6].parse().unwrap_or(0), deprel: row[7].to_owned() }
}
