//! *Here is an archive: what does a person see of it in a browser?*
//!
//! Views of what holds, drawn on the server: every one has a lasting address that carries its filters, twins ending in `.json`
//! and `.csv`, and reads without script. The server answers this machine alone, takes decisions only from its own pages, and
//! loads nothing from elsewhere. A view reads the rows that it shows and no others.

mod address;
mod desk;
mod draw;
mod frame;
mod guard;
mod marks;
mod memo;
mod pane;
mod reply;
mod route;
mod server;
mod shelf;
mod view;
mod words;

pub use reply::{Reply, Request};
pub use server::{Error, Server};
pub use shelf::Site;
