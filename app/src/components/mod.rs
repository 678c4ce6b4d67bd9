//! Small pieces that pages are made of.
