//! What each role of the agency's staff may do.

use app::model::Role;

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See queue, clients, health and audit. Never a secret.
    ReadDesk,
    /// Send, copy, resend and revoke guided links.
    SendLinks,
    /// Add, change and archive clients; import.
    ManageClients,
    /// Approve and reject.
    Decide,
    /// Ask Meta about a token, and test a connection.
    ValidateTokens,
    /// Read the bodies of mails to clients: they hold links.
    ReadMails,
    /// Read where a consent came from, and what Meta answered: personal, and for support.
    ReadEvidence,
    /// Run jobs that were given up again, and dismiss them.
    MendJobs,
    /// See who works here and where they are signed in, and end their sessions.
    SeeTeam,
    /// Add and disable staff, change their roles, reset and require second factors.
    ManageTeam,
    /// Rotate keys and make API keys.
    ManageKeys,
    /// Change the agency and its Meta app.
    ManageSettings,
}

impl Permission {
    /// Every permission, in the order of the definition.
    pub const ALL: &'static [Self] = &[
        Self::ReadDesk,
        Self::SendLinks,
        Self::ManageClients,
        Self::Decide,
        Self::ValidateTokens,
        Self::ReadMails,
        Self::ReadEvidence,
        Self::MendJobs,
        Self::SeeTeam,
        Self::ManageTeam,
        Self::ManageKeys,
        Self::ManageSettings,
    ];
}

/// Whether a role may do this. The owner may do all; an admin all but the team, keys and the agency's
/// settings, and may end a session; a reviewer works in the queue and sends links; a viewer reads, and never a secret.
#[must_use]
pub const fn may(role: Role, permission: Permission) -> bool {
    match role {
        Role::Owner => true,
        Role::Admin => !matches!(
            permission,
            Permission::ManageTeam | Permission::ManageKeys | Permission::ManageSettings
        ),
        Role::Reviewer => matches!(
            permission,
            Permission::ReadDesk
                | Permission::SendLinks
                | Permission::Decide
                | Permission::ValidateTokens
                | Permission::ReadMails
                | Permission::ReadEvidence
        ),
        Role::Viewer => matches!(permission, Permission::ReadDesk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_exactly_its_rights() {
        #[rustfmt::skip]
        let table = [
            // permission                   owner  admin  reviewer viewer
            (Permission::ReadDesk,       [true,  true,  true,  true]),
            (Permission::SendLinks,      [true,  true,  true,  false]),
            (Permission::ManageClients,  [true,  true,  false, false]),
            (Permission::Decide,         [true,  true,  true,  false]),
            (Permission::ValidateTokens, [true,  true,  true,  false]),
            (Permission::ReadMails,      [true,  true,  true,  false]),
            (Permission::ReadEvidence,   [true,  true,  true,  false]),
            (Permission::MendJobs,       [true,  true,  false, false]),
            (Permission::SeeTeam,        [true,  true,  false, false]),
            (Permission::ManageTeam,     [true,  false, false, false]),
            (Permission::ManageKeys,     [true,  false, false, false]),
            (Permission::ManageSettings, [true,  false, false, false]),
        ];
        assert_eq!(table.len(), Permission::ALL.len());
        for (permission, rights) in table {
            let roles = [Role::Owner, Role::Admin, Role::Reviewer, Role::Viewer];
            for (role, right) in roles.into_iter().zip(rights) {
                assert_eq!(may(role, permission), right, "{role:?} {permission:?}");
            }
        }
    }

    #[test]
    fn a_higher_role_keeps_the_rights_of_the_lower() {
        let ladder = [Role::Viewer, Role::Reviewer, Role::Admin, Role::Owner];
        for pair in ladder.windows(2) {
            for &permission in Permission::ALL {
                assert!(!may(pair[0], permission) || may(pair[1], permission));
            }
        }
    }
}
