//! *Which view is at this address, in which form?*

use std::sync::{Arc, PoisonError};

use annalist::archive::Archive;

use crate::address::Filter;
use crate::desk::{Desk, Fault, Outcome, Shown};
use crate::memo::State;
use crate::reply::{Form, Reply, Request};
use crate::shelf::Site;
use crate::{frame, guard, view};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("page.js");
const MARK: &str = include_str!("mark.svg");

impl Site {
    /// Answers a request that may be answered.
    pub fn answer(&self, request: &Request) -> Arc<Reply> {
        match request.path.as_str() {
            "style.css" => Arc::new(Reply::file("text/css; charset=utf-8", STYLE)),
            "page.js" => Arc::new(Reply::file("text/javascript; charset=utf-8", SCRIPT)),
            "mark.svg" | "favicon.ico" => Arc::new(Reply::file("image/svg+xml", MARK)),
            _ if request.is_post => Arc::new(self.decide(request)),
            _ => self.look(request),
        }
    }

    fn decide(&self, request: &Request) -> Reply {
        let is_ours = [request.sent("token"), request.cookie.as_deref()]
            .into_iter()
            .all(|token| guard::is_token(token, &self.token));
        if !is_ours {
            let words = "This form is of another run of the server. Open the view anew, then decide.";
            return Reply::page(403, frame::refusal(self, "Nothing was decided", words));
        }
        view::decisions::decide(self, request)
    }

    fn look(&self, request: &Request) -> Arc<Reply> {
        let looked = self.with(|archive| {
            let state = State { revision: archive.revision()?, is_current: archive.is_current()? };
            let version = format!(
                "\"{}-{}{}{}\"",
                self.token.get(..8).unwrap_or(""),
                state.revision,
                u8::from(state.is_current),
                if request.only_pane { "-pane" } else { "" }
            );
            if request.known.as_deref() == Some(&version) {
                return Ok(Arc::new(Reply { version: Some(version), ..Reply::page(304, String::new()) }));
            }
            let address = request.address();
            let known = self.memo.lock().unwrap_or_else(PoisonError::into_inner).get(state, &address);
            if let Some(known) = known {
                return Ok(known);
            }
            let reply = Reply { version: Some(version), ..self.drawn(archive, request, state)? };
            let reply = Arc::new(reply);
            self.memo.lock().unwrap_or_else(PoisonError::into_inner).put(state, address, &reply);
            Ok(reply)
        });
        looked.unwrap_or_else(|fault| Arc::new(self.refused(&fault)))
    }

    fn drawn(&self, archive: &Archive, request: &Request, state: State) -> Result<Reply, Fault> {
        let filter = Filter::of(request);
        let mut desk = Desk { archive, site: self, request, filter, form: Form::Page, state };
        Ok(match shown(&mut desk)? {
            Shown::Json(value) => Reply::json(&value),
            Shown::Csv(table) => Reply::csv(table),
            Shown::View(view) if request.only_pane => {
                let pane = view.pane.map(|pane| pane.into_string()).unwrap_or_default();
                Reply::page(200, annalist::plain::text(&pane).into_owned())
            }
            Shown::View(view) => Reply::page(200, frame::page(&desk, &view)),
        })
    }

    fn refused(&self, fault: &Fault) -> Reply {
        match fault {
            Fault::Missing(expected, found) => {
                let words =
                    format!("Expected {expected}, found “{found}”, of which this archive knows nothing.");
                Reply::page(404, frame::refusal(self, "Not here", &words))
            }
            Fault::Archive(error) => {
                Reply::page(500, frame::refusal(self, "The archive cannot be read", &error.to_string()))
            }
        }
    }
}

/// The view of a path. What an id ends in is its own where there is such a thing, and otherwise asks for a twin.
fn shown(desk: &mut Desk<'_>) -> Outcome {
    let path = desk.request.path.clone();
    for (form, ending) in [(Form::Page, ""), (Form::Json, ".json"), (Form::Csv, ".csv")] {
        let Some(path) = path.strip_suffix(ending) else { continue };
        desk.form = form;
        match one(desk, path) {
            Err(Fault::Missing(..)) => {}
            outcome => return outcome,
        }
    }
    Err(Fault::Missing("a view", path))
}

fn one(desk: &Desk<'_>, path: &str) -> Outcome {
    match path.split_once('/').unwrap_or((path, "")) {
        ("event", id) => view::event::show(desk, id),
        ("report", id) => view::report::show(desk, id),
        ("" | "situation", "") => view::situation::show(desk),
        ("timeline", "") => view::timeline::show(desk),
        ("disputes", "") => view::disputes::show(desk),
        ("forces", "") => view::forces::show(desk),
        ("talks", "") => view::talks::show(desk),
        ("actors", "") => view::actors::show(desk),
        ("outlook", "") => view::outlook::show(desk),
        ("map", "") => view::map::show(desk),
        ("reports", "") => view::reports::show(desk),
        ("compare", "") => view::compare::show(desk),
        ("search", "") => view::search::show(desk),
        ("changes", "") => view::changes::show(desk),
        ("decisions", "") => view::decisions::show(desk),
        _ => Err(Fault::Missing("a view", path.to_owned())),
    }
}
