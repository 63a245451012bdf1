//! *Here is a batch of reports: what does each state?*

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use annalist_schema::{
    Document, Mention, Note, Published, Reading, ReadingStatus, Report, ReportHead, Span, Timex, Toponym,
    View,
};
use thiserror::Error;

use crate::claim::relate::{Question, Relation, relate};
use crate::{claim, document, mention, parallel, report};

/// Which analysis fills the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tier {
    /// Neural encoder: the best reading.
    #[default]
    Full,
    /// Perceptron tagger and greedy parser: from half as fast again for a few reports to nine times as fast for thousands.
    Fast,
}

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Which analysis to use.
    pub tier: Tier,
    /// On how many threads; zero is one for each core. Readings do not depend on it.
    pub threads: usize,
}

impl Options {
    fn n_workers(self) -> usize {
        let n_cores = || std::thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { n_cores() } else { self.threads }
    }
}

/// What keeps a reader from starting.
#[derive(Debug, Error)]
pub enum Error {
    /// A model file is damaged or of another version.
    #[error("model: {0}")]
    Model(String),
    /// A table of `data/` is damaged.
    #[error("knowledge: {0}")]
    Knowledge(#[from] annalist_data::Error),
}

/// Days of publication that leave more than so many days open tell nothing of "last year": such times stay symbolic.
const WIDEST_ANCHOR: i64 = 2 * 366;

/// Loaded models and knowledge; cheap to share between threads.
pub struct Reader {
    analyser: document::Analyser,
    n_workers: usize,
}

impl Reader {
    /// Loads what reading needs. Takes tens of milliseconds, so do it once.
    ///
    /// # Errors
    /// If a model file or a table of `data/` is damaged.
    pub fn new(options: Options) -> Result<Self, Error> {
        annalist_data::check()?;
        let n_workers = options.n_workers();
        Ok(Self { analyser: document::Analyser::with_workers(options.tier, n_workers)?, n_workers })
    }

    /// Reads reports. Each reading depends on its own report alone; batches exist because the encoder works on many
    /// sentences at once ten times faster than on one.
    ///
    /// A report that a fault of the reader keeps from being read has the status `failed` and says why; the others are
    /// read as if it were not there.
    pub fn read(&self, reports: &[Report]) -> Vec<Reading> {
        let readings = self.map(reports, read_one).into_iter().zip(reports);
        readings.map(|(reading, report)| reading.unwrap_or_else(|fault| failed(report, &fault))).collect()
    }

    /// What the first named party does to the second, for each question: `None` where no word tells.
    ///
    /// Answers come in the order of the questions, and each depends on its own question alone.
    pub fn relate(&self, questions: &[Question]) -> Vec<Option<Relation>> {
        let report = |question: &Question| Report { text: question.text.clone(), ..Report::default() };
        let reports: Vec<Report> = questions.iter().map(report).collect();
        let trees = self.map(&reports, |_, outline, document| (outline, document));
        let parts = questions.iter().zip(&reports).zip(trees);
        parallel::map(parts, self.n_workers, |((question, report), tree), _| {
            let (outline, document) = tree.ok()?;
            let answer = guarded(|| {
                let (prepared, _) = Prepared::of(report, &outline, &document);
                relate(&prepared.claims(report, &document), question)
            });
            answer.ok().flatten()
        })
    }

    /// Something of each report's context, for tests of what reading goes by.
    #[cfg(test)]
    pub(crate) fn look<R: Send>(
        &self,
        reports: &[Report],
        look: impl Fn(&claim::Context<'_>) -> R + Sync,
    ) -> Vec<R> {
        self.map_together(reports, &|report: &Report, outline, document| {
            let (prepared, _) = Prepared::of(report, &outline, &document);
            look(&prepared.claims(report, &document))
        })
    }

    /// What `work` makes of each report, or the message of the panic that one of them alone ends in.
    fn map<R: Send>(
        &self,
        reports: &[Report],
        work: impl Fn(&Report, report::Outline, Document) -> R + Sync,
    ) -> Vec<Result<R, String>> {
        match guarded(|| self.map_together(reports, &work)) {
            Ok(results) => results.into_iter().map(Ok).collect(),
            Err(fault) if reports.len() == 1 => vec![Err(fault)],
            // No result depends on the batch, so those that are sound come out as they would have.
            Err(_) => {
                let alone = |report| guarded(|| self.map_together(std::slice::from_ref(report), &work).pop());
                reports.iter().map(|report| alone(report)?.ok_or_else(String::new)).collect()
            }
        }
    }

    fn map_together<R: Send>(
        &self,
        reports: &[Report],
        work: &(impl Fn(&Report, report::Outline, Document) -> R + Sync),
    ) -> Vec<R> {
        let outlines: Vec<_> = reports.iter().map(report::outline).collect();
        let texts: Vec<_> =
            reports.iter().zip(&outlines).map(|(report, outline)| (report.text.as_str(), outline)).collect();
        let documents = self.analyser.analyse(&texts);
        let parts = reports.iter().zip(outlines).zip(documents);
        parallel::map(parts, self.n_workers, |((report, outline), document), _| {
            work(report, outline, document)
        })
    }
}

/// What some work gives, or the message of its panic. Nothing that outlives the work is changed by it half-way: readers are
/// only looked at.
fn guarded<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message_of(panic.as_ref()))
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}

/// The reading of a report that could not be read.
fn failed(report: &Report, fault: &str) -> Reading {
    let error = format!(
        "expected to read any text, but this one ({} bytes) stopped the reader: {fault}; it is left out, and the fault is \
         Annalist's: please report it with the text",
        report.text.len()
    );
    Reading { id: report.id.clone(), status: ReadingStatus::Failed, error: Some(error), ..Reading::default() }
}

fn read_one(report: &Report, outline: report::Outline, document: Document) -> Reading {
    let (context, mut notes) = Prepared::of(report, &outline, &document);
    let coded = claim::code(&context.claims(report, &document), &mut notes);
    notes.sort_by_key(|note| (note.span, note.kind));
    let Prepared { timexes, published, toponyms, mentions } = context;
    Reading {
        id: report.id.clone(),
        report: ReportHead {
            title: outline.title_text(report),
            outlet: outline.outlet,
            lang: report.lang.clone(),
            published,
            digest: report::digest(report),
        },
        sentences: document.sentences.iter().map(|sentence| sentence.span).collect::<Vec<Span>>(),
        fingerprint: claim::fingerprint(View::new(&report.text, &document)),
        timexes,
        toponyms,
        mentions,
        claims: coded.claims,
        postures: coded.postures,
        process_states: coded.process_states,
        notes,
        document,
        ..Reading::default()
    }
}

/// What is found before claims are.
pub(crate) struct Prepared {
    timexes: Vec<Timex>,
    published: Option<Published>,
    toponyms: Vec<Toponym>,
    mentions: Vec<Mention>,
}

impl Prepared {
    /// Times, publication, places and mentions of a report, with the notes made on the way.
    pub(crate) fn of(report: &Report, outline: &report::Outline, document: &Document) -> (Self, Vec<Note>) {
        let view = View::new(&report.text, document);
        let mut notes = report.notes.clone();
        notes.extend(report::foreign(report));
        let timexes = mention::timex::find(view);
        let published = report::date::publication(report, outline, view, &timexes, &mut notes);
        let anchor =
            published.as_ref().map(|published| published.value).filter(|days| days.n_days() <= WIDEST_ANCHOR);
        let timexes = mention::timex::resolve(view, timexes, anchor);
        let toponyms = mention::toponym::find(view, &mut notes);
        let mentions = mention::find(view, &timexes, &toponyms);
        (Self { timexes, published, toponyms, mentions }, notes)
    }

    /// What claims are made from.
    pub(crate) fn claims<'a>(&'a self, report: &'a Report, document: &'a Document) -> claim::Context<'a> {
        claim::Context {
            report,
            view: View::new(&report.text, document),
            published: self.published.as_ref(),
            timexes: &self.timexes,
            toponyms: &self.toponyms,
            mentions: &self.mentions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Work that panics at some reports, in batches, on one thread and on several: the others come out as without them.
    fn check(texts: &[&str], expected: &[Result<usize, &str>]) {
        let reports: Vec<Report> =
            texts.iter().map(|text| Report { text: (*text).to_owned(), ..Report::default() }).collect();
        for threads in [1, 4] {
            let reader = Reader::new(Options { tier: Tier::Fast, threads }).unwrap();
            let found = reader.map(&reports, |report, _, document| {
                assert!(!report.text.contains("boom"), "fault at {}", report.text);
                document.tokens.len()
            });
            let expected: Vec<_> = expected.iter().map(|result| result.map_err(str::to_owned)).collect();
            assert_eq!(found, expected, "{threads} threads");
        }
    }

    #[test]
    fn one_report_that_fails_takes_no_other_with_it() {
        check(&["It rains.", "boom"], &[Ok(3), Err("fault at boom")]);
        let many = ["boom 1", "It", "boom 2", "It rains", "", "It snows now."];
        let expected = [Err("fault at boom 1"), Ok(1), Err("fault at boom 2"), Ok(2), Ok(0), Ok(4)];
        check(&many, &expected);
        check(&["boom"], &[Err("fault at boom")]);
        check(&[], &[]);
    }

    #[test]
    fn a_failed_reading_says_why() {
        let report = Report { id: "r1".to_owned(), text: "It rains.".to_owned(), ..Report::default() };
        let reading = failed(&report, "index out of bounds");
        assert_eq!((reading.id.as_str(), reading.status), ("r1", ReadingStatus::Failed));
        assert!(reading.error.is_some_and(|error| error.contains("index out of bounds")));
    }
}
