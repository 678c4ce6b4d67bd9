### The client's way.

steps-label = Progress
step-sign-in = Sign in
step-accounts = Choose accounts
step-done = Done

## The guided link

invitation-title-look = Let { $agency } see how your ads are doing
invitation-title = Let { $agency } work with your ads
invitation-intro = { $agency } looks after the advertising of { $client }. To do that, they need your permission at Facebook. It takes about two minutes.
invitation-title-reconnect = Confirm your permission for { $agency }
invitation-intro-reconnect = Facebook wants the permission for { $client } to be confirmed again from time to time. The same ad accounts stay connected with { $agency }. It takes about two minutes.
invitation-title-backup = Be the second person for { $agency }
invitation-intro-backup = { $agency } sees the ads of { $client } through the Facebook login of one colleague of yours. If that login ends, yours keeps things going. It takes about two minutes.
invitation-which-login-backup = Use your own Facebook login, not your colleague’s. It has to see the same ad accounts.
invitation-can = With your permission, they can
invitation-never = They can never
invitation-which-login = Use the Facebook login that manages your ads. You can take your permission back at any time.

faq-next = What happens next?
faq-next-text = Facebook asks whether you agree. Then you choose which ad accounts to share. { $agency } checks it, and you get an e-mail.
faq-colleague = Someone else manages our ads
faq-colleague-text = Pass this link on to them. Whoever signs in is shown to { $agency } before anything is used.
faq-in-app = Facebook’s page does not open
faq-in-app-text = Some mail and chat apps open links in a small window of their own, where logins may fail. Open the menu of that window and choose to open it in your browser, or copy the link into your browser.
faq-no-login = I can’t sign in with Facebook
faq-no-login-write = Write to { $address }, and we find another way together.
faq-no-login-ask = Answer the e-mail that brought you here, and { $agency } finds another way with you.

## Inside the window of an app

in-app-title = You are looking at this in { $app }
in-app-why = Facebook’s login often fails there. It works in your phone’s own browser:
in-app-facebook-window = Facebook’s own window
in-app-messenger-window = Messenger’s own window
in-app-instagram-window = Instagram’s own window
in-app-linkedin-window = LinkedIn’s own window
in-app-unnamed-window = the window of a mail or chat app
in-app-facebook-apple = Tap “⋯” in the corner of this window, then “Open in external browser”.
in-app-facebook-android = Tap “⋮” at the top right, then “Open in external browser”.
in-app-messenger-apple = Tap the square with an arrow at the bottom, then “Open in Safari”.
in-app-messenger-android = Tap “⋮” at the top right, then “Open in browser”.
in-app-instagram-apple = Tap “⋯” at the top right, then “Open in external browser”.
in-app-instagram-android = Tap “⋮” at the top right, then “Open in external browser”.
in-app-linkedin-apple = Tap “⋯” at the top right, then “Open in browser”.
in-app-linkedin-android = Tap “⋮” at the top right, then “Open in browser”.
in-app-unnamed-apple = Tap the compass, or the square with an arrow, then “Open in Safari”.
in-app-unnamed-android = Tap “⋮” at the top right, then “Open in Chrome” or “Open in browser”.
in-app-open = Open in the browser
in-app-share = Share the link
in-app-or-apple = Or copy this link and paste it into Safari
in-app-or-android = Or copy this link and paste it into Chrome

## A link that does not lead on

link-unknown-title = This link is not valid
link-unknown-text = Check that you opened all of it: some mail apps cut long links. If it still does not work, ask { $agency } for a new one.
link-expired-title = This link has expired
link-expired-text = Links work for some days only. We can send a fresh one to the e-mail address that { $agency } has for you.
link-fresh = E-mail me a fresh link
link-fresh-asked-title = Look into your mailbox
link-fresh-asked-text = If this link may be replaced, a fresh one is on its way to the address that { $agency } has for you. It may take some minutes.
link-revoked-title = This link is no longer in use
link-revoked-text = { $agency } has ended it. Use the newest link that you were sent, or ask them for a new one.
link-spent-title = This link has done its work
link-spent-draft = Somebody signed in with it, and has not submitted yet. Ask { $agency } if you did not expect this. ({ $when })
link-spent-pending = The connection was submitted on { $when }. Now { $agency } takes a look; you get an e-mail when they have decided.
link-spent-approved = The connection was approved on { $when }. There is nothing left to do.
link-spent-suspended = The connection was paused by { $agency } on { $when }. Ask them if you have questions.
link-spent-abandoned = The connection was not submitted, and ended on { $when }. Ask { $agency } for a new link to start again.
link-spent-withdrawn = The connection was withdrawn on { $when }. Ask { $agency } for a new link to start again.
link-spent-rejected = The connection was not approved; { $agency } decided on { $when }. The reason is in the e-mail that you got.
link-spent-disconnected = The connection was ended on { $when }. Ask { $agency } for a new link to connect again.
link-spent-archived = The connection was ended on { $when }. Ask { $agency } if you did not expect this.

## Halts. No blame: Meta may say that somebody cancelled who never did.

stop-open-link = Open the link in your e-mail again to go on.
stop-resume = Try again
stop-or-again = Or begin again with the Facebook login:
stop-not_given-title = Facebook did not give us permission
stop-not_given-text = Perhaps the window was closed, or Facebook did not allow it this time. Nothing was changed, and your link still works.
stop-not-given-more = Did you agree and still see this page? Then tell { $agency }: Facebook may not let them in yet, and that is theirs to sort out.
stop-business_not_given-title = Facebook did not connect your business
stop-business_not_given-text = On Facebook’s page all permissions belong together: they are given as a whole, or none is. Sign in again, choose the business that runs your ads, and agree on the last page. Nothing was changed, and your link still works.
stop-interrupted-title = We were interrupted
stop-interrupted-text = You have signed in with Facebook, and then something on our side stopped. You need not sign in again: we go on from there.
stop-login_ended-title = Your Facebook login has ended
stop-login_ended-text = It ended before we could read your ad accounts, as it does after a change of password or when the permission is taken back. Sign in once more; your link still works.
stop-visit_over-title = That took a little too long
stop-visit_over-text = For your safety, a visit lasts 30 minutes. Nothing is lost: your link still works.
stop-other_browser-title = We can’t tell that this is you
stop-other_browser-text = You may have started in another browser, or in another window of your phone. Nothing was changed, and your link still works.
stop-cookies_off-title = Your browser did not recognise you
stop-cookies_off-text = It came back from Facebook without the cookie that we gave it, so we can’t tell that this is you. Perhaps it keeps no cookies, or you started in another window. Nothing was changed, and your link still works.
cookies-on-title = How to let it keep cookies
cookies-on-safari = Safari on an iPhone: open Settings, then Apps, Safari, Advanced, and switch “Block All Cookies” off.
cookies-on-chrome = Chrome: open the menu, then Settings, Site settings, and allow cookies there.
cookies-on-firefox = Firefox: open the menu, then Settings, Enhanced Tracking Protection, and choose “Standard”.
cookies-on-other = A private window, or a blocker of ads: use a usual window, or switch it off for this page.
stop-login_expired-title = This login is no longer fresh
stop-login_expired-text = Facebook’s answer came too late, or came twice. Nothing was changed, and your link still works.
stop-try_again-title = Please sign in once more
stop-try_again-text = The login was interrupted on its way to us. Nothing was changed, and your link still works.
stop-meta_unavailable-title = Facebook is not answering
stop-meta_unavailable-text = It may be busy. Wait a minute, then try again; nothing is lost, and your link still works.
stop-misconfigured-title = Facebook does not accept our request
stop-misconfigured-text = This is not yours to mend. { $agency } has been told what to put right; your link stays good. Go on from here when you hear from them, or come back with your link in a day.
stop-not_ours-title = This login does not fit
stop-not_ours-text = Facebook’s answer was not meant for this page or not for this person, so we did not keep it. Please sign in once more.
stop-not-ours-more = If it happens again, close the other windows of Facebook first, or use another browser. { $agency } is glad to help.
stop-blocked-title = Facebook has locked this login for now
stop-blocked-text = Open Facebook itself and follow what it asks you to do, such as confirming that it is you. Then come back; your link still works.
stop-link_ended-title = This link is no longer in use
stop-link_ended-text = { $agency } has ended it. Use the newest link that you were sent, or ask them for a new one.
stop-second_person_needed-title = A second person is needed
stop-second_person_needed-text = This Facebook login is the one that is connected already, so it cannot stand in for itself. Ask a colleague who sees the same ad accounts to open this link, or use another Facebook login.
stop-overtaken-title = Somebody went on elsewhere
stop-overtaken-text = This link was used in another tab or on another device since, and what was done there counts.

## A login that reaches none of the accounts of a connection

unreached-title = This login does not reach the ad accounts
unreached-text = Facebook does not show this login the ad accounts that { $agency } looks after. Nothing was changed. Use another Facebook login, or ask whoever manages the accounts to add you.
unreached-again = Test the accounts again
unreached-no_access = { $count ->
    [one] This login has no access to the one account.
   *[other] This login has no access to { $count } accounts.
}
unreached-throttled = { $count ->
    [one] Facebook asks us to wait with one account. Test again in a minute.
   *[other] Facebook asks us to wait with { $count } accounts. Test again in a minute.
}
unreached-login_ended = { $count ->
    [one] The login ended before one account was tested.
   *[other] The login ended before { $count } accounts were tested.
}
unreached-misconfigured = { $count ->
    [one] Facebook does not accept our request for one account. The agency has been told.
   *[other] Facebook does not accept our request for { $count } accounts. The agency has been told.
}
unreached-meta_unavailable = { $count ->
    [one] Facebook did not answer for one account. Test again in a minute.
   *[other] Facebook did not answer for { $count } accounts. Test again in a minute.
}

## Is this you?

identity-title = Is this you?
identity-title-business = Is this your business?
identity-signed-in = Signed in with Facebook
identity-business = Signed in with Facebook, for a business portfolio
identity-intro = This Facebook login would connect { $client } with { $agency }.
identity-yes = Yes, this is me
identity-other = Not you? Use another account
identity-endless = This permission does not end by itself. You can end it at any time.
identity-last-person = Last time, { $person } signed in for { $client }. If that was right and you are not the one, use the other account.
identity-other-hint = { $agency } uses nothing before you have chosen the ad accounts, and they have approved.

missing-title = { $count ->
    [one] One permission is missing.
   *[other] { $count } permissions are missing.
}
missing-needed = { $agency } needs what is missing for its work. Ask Facebook again, and leave it ticked on Facebook’s page.
missing-nothing-to-list = Without it Facebook shows us no ad account, so there is nothing to choose from. Ask Facebook again, and leave it ticked on Facebook’s page.
missing-limited = You can go on without, but then { $agency } gets a limited connection. They see what is missing, and decide.
missing-not-at-all = { $agency } cannot work without what is missing. Ask Facebook again when you are ready, or write to them; your link still works.
missing-ask-again = { $count ->
    [one] Ask Facebook again for this one
   *[other] Ask Facebook again for these
}

tick-permissions = On Facebook’s page: let every line keep its tick, then go on with the blue button.
tick-accounts = On Facebook’s page: tick each ad account that you want to share, then go on with the blue button.

## Work in progress

progress-signing-in-title = Signing you in
progress-signing-in-text = We are talking to Facebook.
progress-reading-title = Looking for your ad accounts
progress-reading-text = { $count ->
    [0] Reading the list from Facebook.
    [one] 1 account found so far.
   *[other] { $count } accounts found so far.
}
progress-probing-title = Testing the accounts
progress-probing-text = { $done } of { $total } tested.
progress-by-itself = This page goes on by itself.
progress-away = No connection. Facebook’s answers are not lost: this page goes on when you are back.

## The choice of ad accounts

accounts-title = Which ad accounts may { $agency } see?
accounts-not-you = Not you?
accounts-incomplete = The list may not be complete: Facebook stopped answering before its end.
accounts-reread = Read the list again
accounts-find = Find an account
accounts-find-placeholder = Name or number
accounts-search = Search
accounts-total = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
accounts-matching = { $count } of { $total } accounts match
accounts-own = Your own
accounts-of = Accounts of
accounts-all = Select all { $count }
accounts-none = None
accounts-away = No connection. What you ticked is kept here, and the list comes when you are back.
accounts-without-role = Facebook gives your login no role on these accounts, so we may not be able to read them. If the test says so too, ask whoever manages them to add you, or pass this on to them.
account-why-disabled = Facebook has disabled it, so no ads run. You can share it: its results can still be read.
account-why-unsettled = A bill is unpaid, so ads may not run. You can share it: its results can still be read.
account-why-risk_review = Facebook is reviewing it. You can share it: its results can still be read.
account-why-pending_settlement = A payment is on its way. You can share it.
account-why-grace_period = A payment is overdue, and ads still run for some days. You can share it.
account-why-pending_closure = It is being closed. You can share it as long as it can be read.
account-why-closed = It is closed for good, so it cannot be shared.
account-why-other = Facebook does not say how it stands. You can try to share it: the test will tell.
account-why-no-role = Facebook gives your login no role on it. You can try to share it: the test will tell.
accounts-no-name = Account without a name
accounts-none-match = No account matches
accounts-none-match-text = Try a part of the name or of the number, or empty the field and search again. What you ticked is kept.
accounts-page = Page { $page } of { $pages }
accounts-previous = Previous
accounts-next = Next
accounts-submit = Submit for approval
accounts-chosen = Accounts chosen:
accounts-chosen-elsewhere = { $count ->
    [one] 1 more on another page
   *[other] { $count } more on other pages
}
accounts-more = Is an account missing? It may not have been ticked on Facebook’s page.
accounts-more-ask = Choose more on Facebook
accounts-next-step = Next: { $agency } takes a look

probe-no_access-client = Facebook does not let you read this account. Leave it out, or ask whoever manages it for access.
probe-throttled-client = Facebook asks us to wait before testing this account. Try again in a minute.
probe-login_ended-client = Your Facebook login ended before we could test this account. Please sign in again.
probe-meta_unavailable-client = Facebook did not answer for this account. Try again in a minute.
probe-misconfigured-client = Facebook does not accept our request for this account. This is not yours to mend: the agency has been told. Try again in a day, or when you hear from them.

probes-failed = { $count ->
    [one] 1 account did not answer our test
   *[other] { $count } accounts did not answer our test
}
probes-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
probes-go-on = { $count ->
    [one] The other one is fine. Submit it alone, or choose others as well.
   *[other] The other { $count } are fine. Submit those, or choose others as well.
}
probes-none-left = Choose others, or ask whoever manages these to give you access.
probes-sign-in = Sign in again

## No ad accounts

no-accounts-ads_scope_missing-title = We may not look at your ads yet
no-accounts-ads_scope_missing-text = The permission to read ads was not given, so Facebook shows us no account. Ask again, and leave it ticked on Facebook’s page.
no-accounts-business_scope_missing-title = No ad account of your own
no-accounts-business_scope_missing-text = Your ads may belong to a company’s business portfolio, which we may not look at yet. Ask Facebook again, and leave “business” ticked.
no-accounts-assets_not_ticked-title = No ad account was ticked
no-accounts-assets_not_ticked-text = Facebook asked which ad accounts and portfolios you share, and none was ticked. Ask again, and tick the ones that { $agency } works with.
no-accounts-assets_unreachable-title = The ad accounts that you ticked cannot be read
no-accounts-assets_unreachable-text = Facebook does not show us any of the accounts that you ticked on its page. Ask again, and tick others there.
no-accounts-list_refused-title = Facebook does not show us your ad accounts
no-accounts-list_refused-text = You gave the permission, and Facebook still refuses the list. Ask Facebook again; if it stays like this, ask { $agency } for help below.
no-accounts-business_refused-title = Your portfolio does not show us its ad accounts
no-accounts-business_refused-text = You belong to a business portfolio, but your role there does not let you see its ad accounts. Ask an admin of the portfolio to give you access to them, then look again.
no-accounts-business_empty-title = Your portfolio holds no ad account
no-accounts-business_empty-text = You belong to a business portfolio, and there is no ad account in it that you can see. Ask an admin of the portfolio to add you to the ad account, then look again.
no-accounts-all_closed-title = Your ad accounts are closed
no-accounts-all_closed-text = We found ad accounts, but all of them are closed for good, so there is nothing to share. If you use another one, ask whoever manages it to add you, then look again.
no-accounts-nothing_there-title = No ad account was found
no-accounts-nothing_there-text = This Facebook login has no role in any ad account or business portfolio. Ask whoever manages your ads to add you in the business settings, then look again.
no-accounts-meta_unavailable-title = The list could not be read
no-accounts-meta_unavailable-text = Facebook did not answer. Wait a minute, then look again; nothing is lost.
no-accounts-ask-again = Ask Facebook again
no-accounts-look-again = Look again
no-accounts-other-login = Use another account

## Somebody else, and help

elsewhere-title = Does someone else manage your ads?
elsewhere-text = Pass this on to them, or sign in with another Facebook account. If you are stuck, { $agency } can help.
pass-on = Pass this on
pass-on-short = Someone else manages your ads? Pass this on
pass-on-title = Pass this on
pass-on-intro = Send a link to whoever manages the ads of { $client }. Whoever signs in with it is shown to { $agency } before anything is used. What you did here is not used then.
pass-on-make = Make a link to pass on
pass-on-label = The link to pass on
pass-on-until = It works until { $date }. Copy it now: we show it only once.
pass-on-mail = Write an e-mail with it
pass-on-mail-subject = { $agency } asks for access to our ad accounts
pass-on-mail-body = Hello, { $agency } looks after the ads of { $client } and asks for permission to see them at Facebook. Can you do this with your login? It takes about two minutes: { $link }
pass-on-ended = No link can be made any more, since the one that brought you here has ended. Ask { $agency } for a new one.
back-to-visit = Go back
help-ask = Ask for help
help-title = Ask for help
help-intro = { $agency } gets an e-mail about where you are stuck. They answer to { $email }.
help-told = This is what they will read
help-client = Client
help-step = Where you are
help-case = What we know
help-person = Signed in
help-nobody = Nobody yet
help-no-secrets = No password is sent, no link, and nothing that opens your Facebook account.
help-step-signing_in = Signing in with Facebook
help-step-identity = Confirming who signed in
help-step-reading = Reading the list of ad accounts
help-step-choosing = Choosing ad accounts
help-step-testing = Testing the chosen ad accounts
help-step-no_accounts = No ad account to choose
help-step-stopped = Stopped on the way
help-case-open = Nothing went wrong that we know of.
help-case-probes = { $count ->
    [one] 1 chosen ad account did not answer our test call.
   *[other] { $count } chosen ad accounts did not answer our test call.
}
notice-help-asked = We have written to the agency. They answer to the e-mail address that they have for you.

# The same causes, for the agency.
no-accounts-ads_scope_missing-case = The permission to read ads (ads_read) was not given.
no-accounts-business_scope_missing-case = There is no ad account of their own, and the permission to look through business portfolios (business_management) was not given.
no-accounts-assets_not_ticked-case = On Facebook’s page, no ad account or business portfolio was ticked.
no-accounts-assets_unreachable-case = Facebook lists none of the ad accounts that were ticked on its page.
no-accounts-list_refused-case = Facebook refuses the list of ad accounts although ads_read was given. The Meta app may lack Advanced Access.
no-accounts-business_refused-case = They belong to a business portfolio whose ad accounts Facebook does not show them.
no-accounts-business_empty-case = They belong to a business portfolio in which they can see no ad account.
no-accounts-all_closed-case = All ad accounts that were found are closed.
no-accounts-nothing_there-case = Everything was granted, but this login has no role on any ad account and belongs to no business portfolio.
no-accounts-meta_unavailable-case = Facebook did not answer when we read the list of ad accounts.

## Done

done-title = Thank you, { $person }. Your part is done.
done-intro = { $agency } has been told. You can close this page.
done-given = You gave permission
done-looks = { $agency } takes a look
done-looks-when = Usually within one working day. The answer goes to { $email }.
done-connected = Connected
done-connected-until = By { $date }, Facebook wants you to confirm again.
done-connected-open = Until you or the agency end it.
done-agreed = What you agreed to
done-permissions = Permissions
done-for = For
done-as = As
done-ends = Ends
done-ends-at = { $date }, or when you say so
done-ends-never = When you say so
done-short = Facebook gave this permission for a short time only: until { $when }. { $agency } may ask you to sign in once more.
done-endless = It does not end by itself.
done-take-back-business = You can take it back at any time in Meta’s business settings, under Integrations, Connected apps.
done-take-back = You can take it back at any time in Facebook’s settings, under Business integrations.
done-suspended = { $agency } has paused this connection.
done-abandoned = This connection was not submitted in time and has ended. Ask { $agency } for a new link to start again.
done-withdrawn = This connection was withdrawn.
done-rejected = { $agency } did not approve this connection. The reason is in the e-mail that you got.
done-disconnected = This connection has ended.
done-archived = { $agency } has ended this connection.

## The deletion of a person's data, which they asked Facebook for

deletion-received-title = Your request has arrived
deletion-received-text = Facebook told us that your data is to be deleted here. That happens by itself, within minutes.
deletion-doing-title = Your data is being deleted
deletion-doing-text = Facebook told us that your data is to be deleted here. A part of it is done, the rest follows by itself.
deletion-done-title = Your data has been deleted
deletion-done-text = Facebook told us that your data was to be deleted here, and it is. There is nothing left for you to do.
deletion-nothing-title = Nothing of yours is here
deletion-nothing-text = Facebook told us that your data is to be deleted here. We looked, and nothing leads to you: either it was deleted before, or you never signed in here.
deletion-story-received = You asked Facebook to have it deleted
deletion-story-doing = Being deleted
deletion-story-soon = This page looks again by itself.
deletion-story-done = Deleted
deletion-connections = { $count ->
    [one] from 1 connection
   *[other] from { $count } connections
}
deletion-gone = What is deleted
deletion-gone-access = The access to Facebook that you gave. Whatever stood on it is disconnected.
deletion-gone-name = Your name, your picture’s address and your number at Facebook.
deletion-gone-origin = Where you signed in from: the address and the name of the browser.
deletion-gone-answers = What Facebook told us when you signed in.
deletion-gone-accounts = The list of ad accounts that you could see.
deletion-kept = What stays, and why
deletion-kept-trail = That a permission was given and has ended, and when, under a made-up name that leads to nobody. The agency has to be able to show what it was allowed to do.
deletion-kept-client = What the agency itself wrote down about its client, such as the name and e-mail address of the business. It is not from Facebook.
deletion-kept-mails = Mails that told the agency of you, for a week at most; what was delivered by mail is out of our hands.
deletion-kept-backups = Backups, until they are overwritten. They are not used for anything else.
deletion-ask = Who to ask
deletion-ask-text = Write to the agency that looked after the ads, and name the code below.
deletion-contact = { $agency }: { $address }
deletion-code = Confirmation code:
deletion-unknown-title = This address is not known
deletion-unknown-text = Check that you opened all of it: some apps cut long addresses. The code stands in what Facebook told you when you asked for your data to be deleted.
