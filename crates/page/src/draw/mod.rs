//! *How does a picture tell it?* SVG drawn here, without script; what it shows is also said in words beside it or in its title.

pub mod intervals;
pub mod matrix;
pub mod outlines;
pub mod scale;
pub mod steps;
pub mod tracks;
