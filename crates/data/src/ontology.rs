//! *What do the codes mean, and how do they relate?* PLOVER and CAMEO tables.
