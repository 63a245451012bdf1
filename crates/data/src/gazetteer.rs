//! *Where is it?* Places with their names, points and countries.
