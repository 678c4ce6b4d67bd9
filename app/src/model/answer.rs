use super::state::codes;

codes! {
    /// What an answer of Meta's asks for: what stands with a validation, in the figures, and behind each hint.
    AnswerClass {
        /// Nothing: all is well.
        None = "none",
        /// The token ends soon and can be exchanged for one that lives longer.
        Renew = "renew",
        /// The person has to sign in with Facebook again.
        Relogin = "relogin",
        /// Meta has blocked the person. The token is kept; a new sign-in does not help.
        Blocked = "blocked",
        /// Too many calls: wait. Changes no status.
        Wait = "wait",
        /// A permission, or access to an account, is missing.
        AskPermission = "ask_permission",
        /// The Meta app, what we know of it, or our own call is wrong: the agency has to act.
        FixConfig = "fix_config",
        /// Meta is down or in trouble, or said what nobody knows: try later. Changes no status.
        Retry = "retry",
        /// This object is not reachable for the person; says nothing about the token.
        NotFound = "not_found",
    }
}

impl AnswerClass {
    /// Whether it passes by itself. Nothing that passes changes a status.
    #[must_use]
    pub const fn passes(self) -> bool {
        matches!(self, Self::Wait | Self::Retry)
    }
}
