//! What was asked of Meta, what was given, and what follows from the difference.

use app::model::NoAccountsReason;

/// The scope without which a connection can do nothing for an agency.
pub const ADS_READ: &str = "ads_read";

/// The scope that opens the businesses through which most accounts are held.
pub const BUSINESS_MANAGEMENT: &str = "business_management";

/// A list of scopes as configured or as Meta writes it: separated by comma or white space. Order is kept,
/// the second of two equal ones is dropped.
#[must_use]
pub fn parse_scopes(text: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in text.split(|c: char| c == ',' || c.is_whitespace()) {
        if !scope.is_empty() && !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}

/// Whether a connection is `limited` without this scope: `ads_read`, or what the agency marked.
#[must_use]
pub fn is_required(scope: &str, extra_required: &[String]) -> bool {
    scope == ADS_READ || extra_required.iter().any(|extra| extra == scope)
}

/// Every scope without which a connection is `limited`, from what the agency marked.
#[must_use]
pub fn required(marked: &str) -> Vec<String> {
    let mut required = vec![ADS_READ.to_owned()];
    required.extend(
        parse_scopes(marked)
            .into_iter()
            .filter(|scope| scope != ADS_READ),
    );
    required
}

/// The scopes that were asked and not granted, in the order of asking.
#[must_use]
pub fn missing(asked: &[String], granted: &[String]) -> Vec<String> {
    let mut missing = asked.to_vec();
    missing.retain(|scope| !granted.contains(scope));
    missing
}

/// Why a list of ad accounts that was read to its end is empty. That the list could not be read
/// (`MetaUnavailable`) is for the reader to say.
#[must_use]
pub fn no_accounts_reason(granted: &[String]) -> NoAccountsReason {
    let has = |scope: &str| granted.iter().any(|given| given == scope);
    if !has(ADS_READ) {
        NoAccountsReason::AdsScopeMissing
    } else if !has(BUSINESS_MANAGEMENT) {
        NoAccountsReason::BusinessScopeMissing
    } else {
        NoAccountsReason::NothingThere
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scopes_are_split_at_commas_and_spaces() {
        assert_eq!(
            parse_scopes(" public_profile,email, ads_read\nemail ,,business_management "),
            ["public_profile", "email", "ads_read", "business_management"]
        );
        assert!(parse_scopes(" , ").is_empty());
    }

    #[test]
    fn ads_read_is_always_required() {
        assert!(is_required("ads_read", &[]));
        assert!(!is_required("email", &[]));
        assert!(is_required("email", &parse_scopes("email")));
    }

    #[test]
    fn missing_keeps_the_order_of_asking() {
        let asked = parse_scopes("public_profile,email,ads_read");
        assert_eq!(
            missing(&asked, &parse_scopes("email")),
            ["public_profile", "ads_read"]
        );
        assert!(missing(&asked, &asked).is_empty());
        assert_eq!(missing(&asked, &[]), asked);
    }

    #[test]
    fn the_first_missing_scope_explains_the_empty_list() {
        let reason = |granted: &str| no_accounts_reason(&parse_scopes(granted));
        assert_eq!(reason(""), NoAccountsReason::AdsScopeMissing);
        assert_eq!(
            reason("business_management"),
            NoAccountsReason::AdsScopeMissing
        );
        assert_eq!(reason("ads_read"), NoAccountsReason::BusinessScopeMissing);
        assert_eq!(
            reason("ads_read,business_management"),
            NoAccountsReason::NothingThere
        );
    }

    proptest! {
        #[test]
        fn parsing_what_was_joined_changes_nothing(text in "[a-c_, \n]{0,30}") {
            let scopes = parse_scopes(&text);
            prop_assert_eq!(&parse_scopes(&scopes.join(",")), &scopes);
            prop_assert_eq!(&parse_scopes(&scopes.join(" ")), &scopes);
        }

        #[test]
        fn nothing_granted_is_missing(asked in prop::collection::vec("[a-d]", 0..6), granted in prop::collection::vec("[a-d]", 0..6)) {
            for scope in missing(&asked, &granted) {
                prop_assert!(asked.contains(&scope) && !granted.contains(&scope));
            }
        }
    }
}
