//! Windows of apps that show a link in place of a browser, by their user agent. Logins often fail there: the
//! window has cookies of its own, or Facebook refuses to sign anybody in.

use app::model::{InApp, InAppBrowser, Phone};

/// Marks that apps put into the user agent of their window, and whose they are. Messenger carries Facebook's
/// marks too and so comes first; Instagram's window on Android has been seen with Facebook's.
const MARKS: [(&str, InApp); 11] = [
    ("Instagram", InApp::Instagram),
    ("LinkedInApp", InApp::LinkedIn),
    ("FBAN/MessengerForiOS", InApp::Messenger),
    ("FBAN/MessengerLiteForiOS", InApp::Messenger),
    ("FB_IAB/MESSENGER", InApp::Messenger),
    ("FB_IAB/Orca-Android", InApp::Messenger),
    ("FBAN/", InApp::Facebook),
    ("FBAV/", InApp::Facebook),
    ("FB_IAB/", InApp::Facebook),
    // The Google app, which opens links of Gmail on an iPhone.
    (" GSA/", InApp::Unnamed),
    // Android's web view (developer.chrome.com/docs/multidevice/user-agent, WebView).
    ("; wv)", InApp::Unnamed),
];

/// The app whose window this is; `None` for a browser, and for whatever is no phone.
///
/// Gmail is seen on an iPhone only, where its window says nothing but that it is no Safari. On Android it opens
/// links in a tab of the real browser, in which logins work.
#[must_use]
pub fn in_app(user_agent: &str) -> Option<InAppBrowser> {
    let phone = phone(user_agent)?;
    let marked = MARKS
        .iter()
        .find(|(mark, _)| user_agent.contains(mark))
        .map(|(_, app)| *app);
    let app = marked
        .or_else(|| (phone == Phone::Apple && is_bare(user_agent)).then_some(InApp::Unnamed))?;
    Some(InAppBrowser { app, phone })
}

/// An iPad asks for pages as a Mac does; its apps still name it where they leave a mark.
fn phone(user_agent: &str) -> Option<Phone> {
    let is_apple = ["iPhone", "iPad", "iPod"]
        .iter()
        .any(|device| user_agent.contains(device));
    if is_apple {
        Some(Phone::Apple)
    } else if user_agent.contains("Android") {
        Some(Phone::Android)
    } else {
        None
    }
}

/// Every browser on an iPhone names Safari at its end, since all are built upon it; the bare web view does not.
fn is_bare(user_agent: &str) -> bool {
    user_agent.contains("AppleWebKit/") && !user_agent.contains("Safari/")
}

#[cfg(test)]
mod tests;
