//! Each class of Meta's answers through the whole system: what is known of Meta's errors and how they are judged;
//! what a check of a token leads to in the database, on the pages and in the line of `token check`.

mod known;
