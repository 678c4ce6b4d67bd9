//! The permissions that there are.

/// Permissions that the sandbox's app may ask for (`meta.md` §9), and in the person's words.
pub const PERMISSIONS: [(&str, &str); 11] = [
    ("public_profile", "Your name and profile picture"),
    ("email", "Your email address"),
    ("ads_read", "Access your ads and their results"),
    ("ads_management", "Manage your ads"),
    ("business_management", "Manage your business portfolios"),
    ("pages_show_list", "Show a list of the Pages you manage"),
    ("pages_read_engagement", "Read content posted on your Pages"),
    ("leads_retrieval", "Read the leads of your lead forms"),
    ("read_insights", "Read the insights of your Pages and apps"),
    ("instagram_basic", "Your Instagram profile and posts"),
    ("openid", "Your app-scoped user id"),
];

/// Whether there is a permission of this name.
pub fn is_permission(scope: &str) -> bool {
    PERMISSIONS.iter().any(|(name, _)| *name == scope)
}
