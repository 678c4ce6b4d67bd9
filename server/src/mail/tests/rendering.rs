use app::text::Lang;
use secrecy::ExposeSecret as _;

use super::{sunday, *};

const HOSTILE: [&str; 6] = [
    "Anna & Söhne",
    "<script>alert(1)</script>",
    "Anna\r\nBcc: victim@example.com",
    "\" onmouseover=\"x",
    "شركة النور للتجارة",
    "evil\u{202E}gnp.exe",
];

fn head(agency: &str) -> Letterhead {
    Letterhead {
        agency: agency.to_owned(),
        logo: None,
        accent: Accent {
            light: "#245985".to_owned(),
            in_dark: "#8cc0f8".to_owned(),
            ink_in_dark: "#071627".to_owned(),
        },
    }
}

fn link(name: &str) -> Link {
    Link {
        client_name: name.to_owned(),
        purpose: Purpose::Connect,
        link: "https://portal.example.com/i/abc_DEF-123".into(),
        expires_at: sunday(),
        scopes: vec!["ads_read".to_owned(), format!("new_{name}")],
        support_email: Some("help@nordlicht.example".to_owned()),
    }
}

fn help(name: &str, person: Option<&str>) -> Help {
    Help {
        client_name: name.to_owned(),
        client_email: "anna@kunde.example".to_owned(),
        person_name: person.map(str::to_owned),
        step: "Choosing ad accounts".to_owned(),
        case: "Nothing went wrong that we know of.".to_owned(),
        client_url: "https://portal.example.com/admin/clients/1".to_owned(),
    }
}

fn removed(name: &str, ending: Ending, beside: bool) -> Template {
    Template::Removed {
        client_name: name.into(),
        ending,
        beside,
        client_url: "https://portal.example.com/admin/clients/1".to_owned(),
    }
}

fn every(name: &str) -> Vec<Template> {
    let unsupported = Link {
        support_email: None,
        scopes: Vec::new(),
        ..link(name)
    };
    vec![
        Template::Invitation(link(name)),
        Template::Invitation(unsupported.clone()),
        Template::FreshLink(link(name)),
        Template::FreshLink(unsupported.clone()),
        Template::Invitation(Link {
            purpose: Purpose::Reconnect,
            ..link(name)
        }),
        Template::Invitation(Link {
            purpose: Purpose::Backup,
            ..link(name)
        }),
        Template::FreshLink(Link {
            purpose: Purpose::Backup,
            ..unsupported
        }),
        Template::Test {
            email: "anna@nordlicht.example".to_owned(),
        },
        Template::PasswordChanged {
            email: "anna@nordlicht.example".to_owned(),
        },
        Template::Reconnected {
            client_name: name.to_owned(),
            person_name: name.to_owned(),
            client_url: "https://portal.example.com/admin/clients/1".to_owned(),
        },
        Template::Approved {
            client_name: name.to_owned(),
            accounts: vec![name.to_owned(), "Second".to_owned()],
        },
        Template::Approved {
            client_name: name.to_owned(),
            accounts: Vec::new(),
        },
        Template::Rejected {
            client_name: name.to_owned(),
            reason: format!("First line\n{name}"),
            support_email: Some("help@nordlicht.example".to_owned()),
            beside: true,
        },
        Template::Rejected {
            client_name: name.to_owned(),
            reason: name.to_owned(),
            support_email: None,
            beside: false,
        },
        Template::Disconnected {
            client_name: name.into(),
            ending: Ending::Removal,
            support_email: Some("hello@northlight.example".into()),
        },
        Template::Disconnected {
            client_name: name.into(),
            ending: Ending::Deletion,
            support_email: None,
        },
        removed(name, Ending::Removal, false),
        removed(name, Ending::Deletion, true),
        Template::Help(help(name, Some(name))),
        Template::Help(help(name, None)),
        Template::Submitted {
            client_name: name.to_owned(),
            person_name: name.to_owned(),
            accounts: 2,
            queue_url: "https://portal.example.com/admin/queue".to_owned(),
        },
    ]
}

#[test]
fn every_template_renders_hostile_names_harmlessly() {
    for name in HOSTILE {
        for template in every(name) {
            let mail = template.render(Lang::English, &head(name));
            let (text, html) = (mail.text.expose_secret(), mail.html.expose_secret());
            let told = format!(
                "{name}: {}\n{}\n{text}\n{html}",
                template.name(),
                mail.subject
            );

            assert!(!mail.subject.contains(char::is_control), "{told}");
            assert!(
                !mail.subject.is_empty() && mail.subject.len() < 200,
                "{told}"
            );
            assert!(
                !html.contains("<script") && !html.contains("\" onmouseover"),
                "{told}"
            );
            assert!(!text.contains("&amp;") && !text.contains("&lt;"), "{told}");
            assert!(!text.contains('\r') && !text.contains('\u{202E}'), "{told}");
            assert!(!html.contains('\u{202E}') && !html.contains("{{"), "{told}");
            assert!(!text.contains("\n\n\n"), "{told}");
            // A reason keeps its lines; no name makes one.
            let made_line = text.contains("\nBcc:");
            assert!(
                !made_line || matches!(template, Template::Rejected { .. }),
                "{told}"
            );
            assert!(!text.contains("mail-") && !html.contains("mail-"), "{told}");
        }
    }
}

#[test]
fn the_invitation_tells_all_that_its_reader_needs() {
    let mail = Template::Invitation(link("Anna")).render(Lang::English, &head("Nordlicht"));
    assert_eq!(
        mail.subject,
        "Nordlicht asks to see your Facebook ad accounts"
    );
    let (text, html) = (mail.text.expose_secret(), mail.html.expose_secret());
    for words in [
        "Hello Anna,",
        "why you get this mail",
        "https://portal.example.com/i/abc_DEF-123",
        "See your ad accounts and how your ads perform.",
        "new_Anna",
        "until Sunday, 29 November 2026.",
        "help@nordlicht.example",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
        assert!(html.contains(words), "{words}\n{html}");
    }
    assert_eq!(html.matches("class=\"button\"").count(), 1);
    assert!(html.contains("href=\"https://portal.example.com/i/abc_DEF-123\""));
    assert!(
        !html.contains("http-equiv") && !html.contains("<img"),
        "{html}"
    );
}

#[test]
fn right_to_left_names_are_isolated() {
    let mail = Template::Submitted {
        client_name: "شركة النور".to_owned(),
        person_name: "Anna".to_owned(),
        accounts: 1,
        queue_url: "https://portal.example.com/admin/queue".to_owned(),
    }
    .render(Lang::English, &head("Nordlicht"));
    assert_eq!(
        mail.subject,
        "\u{2068}شركة النور\u{2069} waits for your approval"
    );
    assert!(mail.text.expose_secret().contains("chose one ad account."));
}

#[test]
fn a_long_list_of_accounts_is_cut() {
    let accounts: Vec<_> = (1..=3_000).map(|n| format!("Account {n}")).collect();
    let mail = Template::Approved {
        client_name: "Anna".to_owned(),
        accounts,
    }
    .render(Lang::English, &head("Nordlicht"));
    let text = mail.text.expose_secret();
    assert!(text.contains("- Account 20\n- and 2980 more\n"), "{text}");
    assert!(!text.contains("Account 21"));
}

#[test]
fn a_reason_keeps_its_lines() {
    let mail = Template::Rejected {
        beside: false,
        client_name: "Anna".to_owned(),
        reason: "Wrong person.\r\nPlease ask Ben.".to_owned(),
        support_email: None,
    }
    .render(Lang::English, &head("Nordlicht"));
    let lines = "Wrong person.\nPlease ask Ben.";
    assert!(mail.text.expose_secret().contains(lines));
    assert!(mail.html.expose_secret().contains(lines));
}

#[test]
fn debug_of_a_mail_tells_no_link() {
    let template = Template::Invitation(link("Anna"));
    let mail = template.render(Lang::English, &head("Nordlicht"));
    let told = format!("{template:?} {mail:?}");
    assert!(!told.contains("abc_DEF-123"), "{told}");
}

#[test]
fn a_mail_wears_the_agencys_colour_and_its_initial() {
    let mail = Template::Invitation(link("Anna")).render(Lang::English, &head("nordlicht & Co"));
    let html = mail.html.expose_secret();
    assert!(
        html.contains("background: #245985; color: #ffffff"),
        "{html}"
    );
    assert!(html.contains(".link { color: #8cc0f8 !important; }"));
    assert!(html.contains(">N</span>"), "{html}");
    assert!(!html.contains("<img"));
}

#[test]
fn a_logo_stands_in_place_of_the_initial_and_in_no_plain_text() {
    let plain = Template::Invitation(link("Anna")).render(Lang::English, &head("Nordlicht"));
    let mut head = head("Nordlicht");
    head.logo = Some(Logo {
        url: "https://portal.example.com/brand/0a.png".to_owned(),
        width: 320,
        height: 80,
        alt: "A \"light\" <house>".to_owned(),
    });
    let mail = Template::Invitation(link("Anna")).render(Lang::English, &head);
    let html = mail.html.expose_secret();
    for part in [
        r#"<img src="https://portal.example.com/brand/0a.png" width="160" height="40""#,
        "alt=\"A &quot;light&quot; &lt;house&gt;\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains(">N</span>"));
    assert_eq!(mail.text.expose_secret(), plain.text.expose_secret());
}
