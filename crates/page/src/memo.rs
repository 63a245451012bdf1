//! *Was this asked before?* What was answered at one state of the archive is answered alike until something changes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::reply::Reply;

/// Bytes of answers that are kept.
const ROOM: usize = 24 << 20;

/// A state of the archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub revision: i64,
    /// Whether the events follow from all that is there.
    pub is_current: bool,
}

/// Answers of one state, the oldest given up first.
#[derive(Debug, Default)]
pub struct Memo {
    state: State,
    answers: HashMap<String, Arc<Reply>>,
    order: VecDeque<String>,
    n_bytes: usize,
}

impl Memo {
    /// What was answered before.
    pub fn get(&mut self, state: State, address: &str) -> Option<Arc<Reply>> {
        if self.state != state {
            *self = Self { state, ..Self::default() };
        }
        self.answers.get(address).cloned()
    }

    /// Keeps an answer, unless it is of a state that is over.
    pub fn put(&mut self, state: State, address: String, reply: &Arc<Reply>) {
        let size = reply.body.len() + 2 * address.len();
        if self.state != state || size > ROOM / 8 || self.answers.contains_key(&address) {
            return;
        }
        self.n_bytes += size;
        self.answers.insert(address.clone(), Arc::clone(reply));
        self.order.push_back(address);
        while self.n_bytes > ROOM {
            let Some(oldest) = self.order.pop_front() else { break };
            let gone = self.answers.remove(&oldest);
            self.n_bytes -= gone.map_or(0, |reply| reply.body.len() + 2 * oldest.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(revision: i64) -> State {
        State { revision, is_current: true }
    }

    #[test]
    fn keeps_answers_of_one_state_in_little_room() {
        let mut memo = Memo::default();
        let reply = Arc::new(Reply::words(200, &"x".repeat(1 << 20)));
        for index in 0..100 {
            memo.get(state(1), "");
            memo.put(state(1), format!("/{index}"), &reply);
        }
        assert!(memo.n_bytes <= ROOM && memo.answers.len() == memo.order.len());
        assert_eq!((memo.get(state(1), "/99").is_some(), memo.get(state(1), "/0").is_some()), (true, false));
        assert!(memo.get(state(2), "/99").is_none());
    }
}
