### The admin's desk.

cancel = Cancel
never = Never
copy = Copy
copied = Copied

theme = Colours
theme-system = Auto
theme-light = Light
theme-dark = Dark
theme-text = Follows your system, unless another is chosen on this browser.

nav-label = Main
nav-queue = Queue
nav-clients = Clients
nav-health = Health
nav-outbox = Outbox
nav-settings = Settings
nav-waiting = { $count ->
    [one] connection waits
   *[other] connections wait
}
nav-needs = { $count ->
    [one] thing needs you
   *[other] things need you
}

## Signing in

sign-in-title = Sign in
sign-in-intro = For the people who work at { $agency }.
sign-in-email = E-mail
sign-in-password = Password
sign-in-button = Sign in
first-sign-in-title = Set your password
first-sign-in-intro = You will sign in as { $email }.
first-sign-in-password = New password
first-sign-in-hint = { $limit } characters at least. A sentence is easy to remember; anything goes.
first-sign-in-button = Set password and sign in
sign-in-again-title = Please sign in again
sign-in-again-intro = What you were about to do asks for a fresh sign-in. Then press the button once more; what you had typed is kept.
second-step-title = One more step
second-step-intro = Your password was right. Now open the app on your phone that makes the codes for { $agency }, and type the one for { $email }.
second-step-back = Sign in as somebody else

## The second factor

factor-title = Second factor
factor-off = Your password alone opens this account. With a second factor, a code from an app on your phone is asked too, so that a stolen password is not enough.
factor-begin = Set up a second factor
factor-set-up-title = Set up your second factor
factor-required-intro = { $agency } asks everybody for a code from an app on the phone beside the password. You sign in as { $email }.
factor-scan = Open an app that makes one-time codes (a password manager does, or Google Authenticator, Aegis, 1Password …) and scan this picture.
factor-qr = A QR code with the secret that stands below in letters
factor-type = No camera? Type this into the app instead:
factor-code = Code
factor-code-hint = The six digits that the app shows now.
factor-code-or-recovery-hint = The six digits that the app shows now, or one of your recovery codes.
factor-confirm = Switch it on
factor-confirm-and-sign-in = Switch it on and sign in
factor-on = On since { $when }.
factor-turn-off = Turn it off
factor-turn-off-ask = Turn your second factor off?
factor-turn-off-text = From then on your password alone opens this account, for anybody who learns it. Your recovery codes end with it.
factor-is-required = Your agency requires a second factor.
recovery-codes-title = Your recovery codes
recovery-codes-text = Each of them opens your account once when your phone is not there. Keep them where you keep your passwords: they are shown only now.
recovery-codes-copy = Copy all
recovery-codes-renew = Make new recovery codes
recovery-codes-renew-ask = Make new recovery codes?
recovery-codes-renew-text = The codes that you have kept stop working at once. The new ones are shown only then.
recovery-codes-left = { $count ->
    [0] No recovery code is left. Make new ones.
    [one] 1 recovery code is left.
   *[other] { $count } recovery codes are left.
}

## One's own account, and the team

account-title = Your account
account-role = Role
password-title = Password
password-text = Every other browser is signed out when you change it, and you get a mail.
password-current = Current password
password-change = Change password
sessions-title = Where you are signed in
sessions-none = Not signed in anywhere.
sessions-browser = Browser
sessions-signed-in = Signed in
sessions-last-seen = Last seen
sessions-this = This browser
sessions-end = Sign out there
sessions-end-ask = Sign out on { $device }?
sessions-end-text = Whoever works there is signed out at once, and what is not sent yet is lost.
device-on = { $browser } on { $system }
device-unknown = Unknown browser

team-title = Team
team-add = Somebody new gets a one-time sign-in link from the command line:
team-required = Everybody needs a second factor to sign in.
team-optional = A password alone opens the desk for those who have no second factor.
team-make-required = Require a second factor of everybody
team-make-required-ask = Require a second factor of everybody?
team-make-required-text = Whoever has none is signed out at once, and sets one up when they sign in next.
team-make-required-yes = Require it
team-make-optional = No longer require it
team-make-optional-ask = No longer require a second factor?
team-make-optional-text = Everybody may turn theirs off then, and a password alone opens their account.
team-make-optional-yes = No longer require it
team-set-up-own = Set up your own second factor first, then you can require it of everybody.
team-self = you
team-disabled = Disabled
team-not-yet = Not signed in yet
team-has-factor = Second factor
team-disabled-since = Cannot sign in since { $when }.
team-reset-factor = Reset second factor
team-reset-factor-ask = Take this second factor away?
team-reset-factor-text = { $person } is signed out everywhere, and the codes of their app and their recovery codes no longer work. A password alone opens the account until a new one is set up.
team-reset-factor-yes = Take it away
team-disable = Disable
team-disable-ask = Disable this person?
team-disable-text = { $person } is signed out everywhere at once and cannot sign in any more, until you let them in again.
team-disable-yes = Disable
team-enable = Let in again

## Settings

settings-agency = Agency
settings-team = Team
settings-agency-title = Your agency
settings-name = Name
settings-name-hint = Clients read it on every page and in every mail.
settings-support = Support address
settings-support-hint = Whom clients may write to. Answers to mails go there too. Leave it empty if there is none.
settings-colour = Colour
settings-colour-hint = For buttons, links and marks. Its hue is yours; how light and how strong it is follows from what can be read well.
settings-own-colour = Your own
settings-own-colour-code = Your own colour
settings-own-colour-hint = Six digits, such as #1a5fb4. The hue is taken from it. A grey has none: then buttons and links are ink.
settings-own-colour-is = Your own, { $code }
settings-logo = Logo
settings-logo-file = Picture
settings-logo-hint = PNG, JPEG or WebP, at most 200 KiB and 2,000 pixels to a side. It stands on white, beside the name.
settings-logo-alt = In words
settings-logo-alt-hint = What the logo shows, for those who cannot see it. Leave it empty if it shows the name or a letter of it: the name stands beside it.
settings-logo-now = The logo as it is now
settings-logo-remove = Take this logo away
settings-save = Save
settings-try = Try it on
settings-preview = How it looks
settings-preview-light = The colour in a light scheme
settings-preview-dark = The colour in a dark scheme
settings-preview-note = Two minutes, then you are done.
settings-preview-link = What will be asked?
settings-preview-button = Continue
settings-preview-badge = Ready
settings-preview-pill = Waiting
settings-none = None
settings-owner-only = Only an owner changes this.
swatch-spruce = Spruce
swatch-teal = Teal
swatch-harbour = Harbour
swatch-blue = Blue
swatch-indigo = Indigo
swatch-violet = Violet
swatch-plum = Plum
swatch-raspberry = Raspberry
swatch-brick = Brick
swatch-chestnut = Chestnut
swatch-olive = Olive
swatch-moss = Moss
swatch-ink = Ink

## What the last action led to

notice-client-added = The client was added. Send the link when you are ready.
notice-link-sent = The link is on its way.
notice-link-resent = A new link is on its way. Earlier links no longer work.
notice-links-revoked = The links of this client no longer work.
notice-link-copied = A new link was made. It is shown below; earlier links still work.
notice-approved = { $count ->
    [one] The connection was approved. The client gets an e-mail.
   *[other] { $count } connections were approved. The clients get an e-mail.
}
notice-rejected = { $count ->
    [one] The connection was rejected. The client gets an e-mail with your reason.
   *[other] { $count } connections were rejected. The clients get an e-mail with your reason.
}
notice-decided-title = Somebody was quicker.
notice-decided-by = { $client }: decided by { $who }, { $when }. It is now: { $state }.
notice-decided-mine = { $count ->
    [one] One decision of yours was taken.
   *[other] { $count } decisions of yours were taken.
}
notice-changed-meanwhile = { $changed ->
    [one] One connection was changed by its client since you loaded this page. Look at it again below.
   *[other] { $changed } connections were changed by their clients since you loaded this page. Look at them again below.
} { $mine ->
    [0] Nothing was decided.
    [one] Your other decision is done.
   *[other] Your { $mine } other decisions are done.
}
notice-already-connected = This client needs no link: the connection waits for a decision or is in use.
notice-nothing-to-back-up = A backup stands beside a connection that is in use, and this client has none yet.
notice-backup-waits = A backup of this client waits for a decision already.
notice-jobs-run-again = { $count ->
    [one] The job runs again. If it fails once more, it will be back here.
   *[other] { $count } jobs run again. Those that fail once more will be back here.
}
notice-job-dismissed = The job was dismissed.
notice-job-settled = Somebody has run it again or dismissed it already.
notice-token-said-active = Meta says that this token works.
notice-token-said-expiring = Meta says that this token works, and that it ends soon.
notice-token-said-expired = Meta says that this token has ended. The client has to log in again.
notice-token-said-revoked = Meta says that this token no longer works. The client has to log in again.
notice-token-said-blocked = Facebook has blocked this person. The token is kept; only the person can sort it out with Facebook.
notice-token-said-limited = This token works, but a permission or an ad account is missing.
notice-token-unsaid-wait = Meta asks us to wait before the next call. This token is checked again by itself.
notice-token-unsaid-fix-config = Meta did not answer, because something is wrong with your Meta app.
notice-token-unsaid-retry = Meta could not say just now how this token stands. It is checked again by itself.
notice-token-last-known = What is known from before: { $status }, checked { $when }.
notice-too-many-checks = You asked for many checks within a few minutes. Wait a little.
notice-connection-tested = { $chosen ->
    [0] No ad account is chosen, so there was nothing to test.
   *[other] { $answered } of { $chosen } ad accounts answered.
}
notice-connection-lost = { $lost ->
    [one] 1 can no longer be reached with this login: ask the client for access to it.
   *[other] { $lost } can no longer be reached with this login: ask the client for access to them.
}
notice-test-mail-queued = The test mail is on its way to you. What became of it stands below; load the page again in a moment.
notice-too-many-test-mails = You sent yourself as many test mails as may be sent in an hour. Look at what became of them below.
notice-password-changed = Your password was changed, and you were signed out everywhere else.
notice-mail-queued-again = The mail is on its way again.
notice-signed-out = You are signed out.
notice-second-factor-added = Your second factor is on. You were signed out everywhere else.
notice-second-factor-removed = Your second factor is off. Your password alone opens this account now.
notice-recovery-codes-made = Here are your new recovery codes. The old ones no longer work.
notice-recovery-code-used = You signed in with a recovery code. If your phone is lost, turn the second factor off and set it up anew.
notice-session-ended = That browser is signed out.
notice-person-disabled = This person cannot sign in any more, and was signed out everywhere.
notice-person-enabled = This person can sign in again.
notice-second-factor-reset = The second factor was taken away, and the person was signed out everywhere.
notice-second-factor-required = Everybody needs a second factor now. Those without one were signed out, and set one up when they sign in.
notice-second-factor-optional = A second factor is no longer required.
notice-agency-saved = Saved. Clients see it from now on.
notice-colour-tried-on = You are trying this colour on. Nobody else sees it until you save. A picture that you had chosen has to be chosen again.
notice-nothing-chosen = Nothing was ticked, so nothing was decided.
toast-dismiss = Dismiss
notice-too-many-mails = This client got as many links as may be sent in an hour. Try again later, or copy a link.

## Decisions

approve = Approve
reject = Reject
reject-open = Reject…
reason-label = Reason
reason-hint = The client will read it.

## The queue

queue-title = { $count ->
    [0] Nothing waits for you
    [one] 1 connection waits for you
   *[other] { $count } connections wait for you
}
queue-empty = The queue is empty
queue-empty-text = When a client submits a connection, it waits here for your decision.
queue-to-clients = See all clients
queue-look-only = You can look at the queue. Your role does not decide.
queue-select = Select { $client }
queue-select-all = Select all
queue-select-none = Clear
queue-selected = { $count ->
    [0] None selected
   *[other] { $count } selected
}
queue-reason-for = Reason for { $client }
case-kind-reconnect = Reconnection
case-kind-backup = Backup
queue-submitted = submitted { $when }
queue-accounts = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
queue-offered = of { $count } offered
queue-probes-answered = all answered our test call
queue-probes-failed = { $count ->
    [one] 1 test call failed
   *[other] { $count } test calls failed
}
queue-probes-open = not all tested yet
queue-show-accounts = Show the accounts
queue-not-readable = { $count ->
    [one] 1 more was chosen, and could not be read
   *[other] { $count } more were chosen, and could not be read
}
queue-bulk = Decide about all that are ticked
queue-approve-selected = Approve selected
queue-reject-selected = Reject selected
queue-reject-selected-open = Reject selected…
queue-reject-selected-ask = Reject all that are selected?
queue-reject-selected-count = { $count ->
    [0] Nothing is selected.
    [one] 1 connection is rejected.
   *[other] { $count } connections are rejected.
}
queue-reject-selected-text = What was given with them is taken back at Meta, our copies of the tokens are destroyed, and each client gets an e-mail with your reason. It cannot be undone: they would have to sign in again.
queue-reject-selected-yes = Reject them
queue-decided-by = { $who }, { $when }
queue-tabs = Parts of the queue
queue-tab-waiting = Waiting
queue-tab-long = Over a day
queue-tab-backups = New backups
queue-tab-reconnections = Reconnections
queue-tab-decided = Decided lately
queue-empty-long = Nothing has waited for more than a day
queue-empty-backups = No backup waits
queue-empty-reconnections = No reconnection waits
queue-to-all = See all that waits
decided-title = Decided lately
decided-empty = Nothing was decided yet
decided-empty-text = Every approval and rejection stands here, with who decided and when.

life-token = Token until { $date }
life-token-open = Token never ends by itself
life-data = data access until { $date }

warning-other-reconnects = Another person than before: until now it was { $before }. What they gave stays in use until you decide.
warning-same-person = This person is already connected, under { $client }. Is it the same client?
warning-same-account = Account { $number } is also connected under { $client }. Is it the same client?
warning-name-differs = Neither the person nor an account is called like { $client }. Is it the right one?
warning-forwarded-by = The link was passed on by { $who }, { $when }. Whoever signed in got it from them.
warning-forwarded = The link was passed on { $when }, before anybody had signed in. Whoever signed in got it so.
warning-scope-missing = The permission “{ $scope }” was not given. The connection would be limited.
warning-other-person = Last time, { $person } signed in for this client. Now it is somebody else: do you expect that?
warning-short-life = Facebook gave a token of some hours only: it ends { $when }. Reject it with a word to sign in again, or ask for a new login soon.
warning-data-ends = The access to data ends on { $date }, whatever the token says. Only a new login by the client makes it longer.

## What Meta has against the agency’s app

trouble-label = Trouble with your Meta app
trouble-mended = This is mended
trouble-seen = { $count ->
    [one] It stopped one login, at { $since }.
   *[other] It stopped { $count } logins, the first at { $since }, the last at { $last }.
}
trouble-code = Meta’s code: { $code }.
trouble-clients = Clients are told that it is not their fault and that their links stay good. This note goes by itself with the next login that works.
trouble-wrong_secret-title = Clients cannot sign in: Meta does not take your app secret
trouble-wrong_secret-text = Open your app in Meta’s App Dashboard, App settings, Basic. Copy the app secret from there into Portico’s configuration, and check that the app id is of the same app.
trouble-wrong_app-title = Clients cannot sign in: Meta does not know your app id
trouble-wrong_app-text = Open your app in Meta’s App Dashboard and copy the app id at the top of the page into Portico’s configuration, with the app secret that belongs to it.
trouble-wrong_redirect-title = Clients cannot sign in: Meta does not know this portal’s address
trouble-wrong_redirect-text = Open your app in Meta’s App Dashboard, Facebook Login, Settings. Put this address, exactly as it is, under Valid OAuth Redirect URIs:
trouble-inactive-title = Clients cannot sign in: your Meta app is not live
trouble-inactive-text = Open your app in Meta’s App Dashboard and look whether it is switched to Live, and whether Meta asks for something under Required actions. In development only people with a role in the app can sign in.
trouble-old_version-title = Meta no longer serves the Graph version that Portico asks for
trouble-old_version-text = Put a newer Graph version into Portico’s configuration, and start it again. Meta’s changelog lists the versions that are served.
trouble-not_allowed-title = Meta does not let your app do this yet
trouble-not_allowed-text = Open your app in Meta’s App Dashboard, App Review, Permissions and features, and ask for Advanced Access to the permissions that you use.
trouble-other-title = Clients cannot sign in: Meta refuses your app
trouble-other-text = Look at your app in Meta’s App Dashboard, and let Portico check the settings with “portico doctor”.

probe-answered = { $count ->
    [one] 1 campaign, answered in { $millis } ms
   *[other] { $count } campaigns, answered in { $millis } ms
}
probe-answered-short = { $count ->
    [one] 1 campaign
   *[other] { $count } campaigns
}
probe-answered-in = answered in { $millis } ms
probe-open = not tested yet
probe-no_access = no access
probe-throttled = Facebook asked to wait
probe-login_ended = the login had ended
probe-meta_unavailable = Facebook did not answer
probe-misconfigured = Meta refuses our app, check its settings

## Clients

clients-title = Clients
clients-add = Add client
clients-find = Find a client
clients-find-placeholder = Name or e-mail
clients-search = Search
clients-total = { $count ->
    [one] 1 client
   *[other] { $count } clients
}
clients-total-matching = { $count ->
    [one] 1 client matches
   *[other] { $count } clients match
}
clients-any = Any
clients-state = Connection
clients-state-none = Nobody signed in
clients-token-status = Token
clients-ends = Ends
clients-ends-ended = Has ended
clients-ends-14 = Within 14 days
clients-ends-60 = Within 60 days
clients-backup = Backup
clients-backup-missing = Critical, without a backup
clients-more-rows = Show 1,000 rows
clients-fewer-rows = Show 50 rows
clients-first = First page
clients-progress = Progress
clients-progress-of = { $reached } of { $all }
clients-progress-next = next: { $step }
clients-progress-whole = complete
clients-name = Client
clients-connection = Connection
clients-token = Token
clients-link = Link
clients-until = Until
clients-empty = No clients yet
clients-empty-text = Add the first one, then send the link that connects their ad accounts.
clients-none-match = No client matches
clients-none-match-text = Check how the name is spelt, or take one of the filters away.
clients-show-all = Show all clients
pager-label = Pages
pager-next = Next page

new-client-title = Add a client
new-client-intro = Nothing is sent yet: you send the link from the client’s page.
new-client-name = Name
new-client-email = E-mail
new-client-email-hint = The link goes to this address.
new-client-meta = Meta account name (optional)
new-client-meta-hint = How the client is called at Meta, if it differs.
new-client-button = Add client

## A client’s way, step by step

milestone-invited = Invited
milestone-opened = Link opened
milestone-signed_in = Signed in
milestone-accounts_chosen = Accounts chosen
milestone-approved = Approved
milestone-tested = Tested
milestone-backup_held = Backup held
milestone-next-invited = Send the link, so that the client can begin.
milestone-next-opened = The link waits to be opened. Send it again, or copy it and pass it on yourself.
milestone-next-signed_in = The link was opened, maybe by a mail scanner. Nobody has signed in with Facebook yet.
milestone-next-accounts_chosen = Somebody has signed in, and has still to choose the ad accounts and submit them.
milestone-next-approved = The connection waits for a decision.
milestone-next-tested = A chosen ad account gave no answer to its last test call.
milestone-next-backup_held = One person’s login holds this connection. A second person’s would stand by if it ends.
client-way = { $reached } of { $all } steps done
client-way-next = Next:
client-way-links = To the links
client-way-connection = To the connection
client-way-accounts = To the ad accounts
checklist-done = done
checklist-next = next
checklist-open = open

## Getting started

setup-title = Getting started
setup-meta = Meta app set
setup-meta-missing = Put the app id and the app secret of your Meta app into Portico’s configuration and start it again; “portico doctor” then checks them.
setup-meta-refused = Meta refuses your app at present. The note above says what to mend.
setup-meta-link = Open Meta’s App Dashboard
setup-mail = Mail tested
setup-mail-untested = Send yourself a test mail, so that you know that links arrive.
setup-mail-kept = No mail server is set up, so mails stay in the outbox. Put the address of one into Portico’s configuration, and then send yourself a test mail.
setup-mail-link = To the outbox
setup-client = First client added
setup-client-text = A name and an e-mail address are enough.
setup-client-link = Add a client
setup-approval = First connection approved
setup-approval-text = Send a client their link. What they submit waits in the queue for you.
setup-approval-link = To the clients

## The life of a token, drawn

life-bar-today = today
life-bar-captured = captured { $date }
life-bar-renew = renew from { $date }
life-bar-ends = ends { $date }
life-bar-data = data access { $date }

## The page of a client

client-meta = Meta: “{ $name }”
client-since = added { $when }
client-person = { $name } signed in
link-send = Send link
link-resend = Resend
link-copy = Copy link
link-revoke = Revoke
link-revoke-ask = End all links?
link-revoke-text = No link that was sent to { $client } or copied for them works any more. To let them in you send a new one.
link-revoke-yes = Revoke links
link-for = What the link is for
link-for-reconnect = Reconnect
link-for-backup = Backup by a second person
minted-label = The new link
minted-hint = Copy it now: it is shown to you only, and only for a short time, since we keep no copy of it.

connection-title = Connection
connection-none = Nobody has signed in yet. Send the link to start.
connection-state = State
connection-person = Signed in
connection-meta-user = Facebook id
connection-permissions = Permissions
connection-business = Business portfolio
connection-decided-by = Decided by
connection-reason = Reason, as the client reads it

candidates-title = Waiting beside the connection
candidate-reconnect = { $person } signed in to reconnect, { $when }. It is another person than before, so it waits for you. What was approved stays in use until then.
candidate-backup = { $person } signed in as a second person, { $when }. Nothing changes for the connection itself.

grants-title = Consents
grant-open = All that is known of this consent
grant-title = Consent for { $client }
grant-heading = Consent
grant-of = Given by { $person }, { $when }
grant-who = Who and from where
grant-person = Person
grant-business = Business portfolio
grant-kind = Link
grant-when = When
grant-address = Address
grant-browser = Browser
grant-erased = Erased with the person’s data
grant-not-told = Not told
grant-permissions = Permissions
grant-permission = Permission
grant-answer = Answer
grant-given = given
grant-declined = not given
grant-also = given before, not asked this time
grant-given-of = { $given } of { $asked } given
grant-accounts = Ad accounts, as they were then
grant-no-accounts = No ad account was offered.
grant-chosen-of = { $offered ->
    [one] 1 account offered
   *[other] { $offered } accounts offered
}, { $chosen } chosen
grant-chosen = Choice
grant-is-chosen = chosen
grant-not-chosen = not chosen
login-title = Login for { $client }
login-heading = Login that led to nothing
login-of = Tried { $when }

## What Meta answered

answers-title = What Facebook answered
answers-about = For support, without anything that gives access. Destroyed { $until }.
answers-hidden = Your role does not read these.
answers-gone = Nothing is kept: answers are destroyed after 30 days.
answer-good = answered
answer-failed = failed
answer-status = HTTP { $status }
answer-none = no answer came
answer-code = code { $code }
answer-size = { $count ->
    [one] 1 byte
   *[other] { $count } bytes
}
answer-calls = one of { $count } calls
answer-cut = The rest was left out.
meta-call-code_exchange = Login exchanged for a token
meta-call-token_exchange = Token exchanged for a longer one
meta-call-debug_token = Token checked
meta-call-me = Person
meta-call-permissions = Permissions
meta-call-ad_accounts = Ad accounts
meta-call-businesses = Business portfolios
meta-call-business_accounts = Ad accounts of a portfolio
meta-call-campaigns = Test call to an account

tokens-title = Tokens
token-kind = Kind
token-kind-user = Person
token-kind-system_user = Business system user
token-standing-candidate = Waits for approval
token-standing-primary = Primary
token-standing-backup = Backup
token-standing-superseded = Superseded
token-fingerprint = Fingerprint
token-source = Source
token-source-login = Facebook Login
token-source-upload = Guided upload
token-source-manual = Pasted by hand
token-source-import = Import
token-life = Life
token-created = Captured
token-checked = checked { $when }
token-used = Last used
token-destroyed = Our copy was destroyed.
token-validate = Validate token
checks-title = Last checks
check-when = When
check-outcome = Outcome
check-codes = Meta’s code

client-accounts = Ad accounts
connection-test = Test connection
client-accounts-failed = Chosen, but not readable
client-accounts-failed-text = The client wanted to share these too. Facebook did not let us read them.
account-name = Account
account-status = Status
account-business = Business
account-campaigns = Campaigns
account-test = Last test

invitations-title = Links
invitations-none = No link was sent yet.
invitation-kind-connect = Connect
invitation-kind-reconnect = Reconnect
invitation-kind-backup = Backup
invitation-kind-upload = Guided upload
invitation-sent = Sent { $when }
invitation-opened = { $count ->
    [one] Opened once, maybe by a mail scanner; { $when }
   *[other] Opened { $count } times, maybe by a mail scanner; last { $when }
}
invitation-not-opened = Not opened yet
invitation-started = Started { $when }
invitation-forwarded-by = Passed on by { $who }, { $when }
invitation-forwarded = Passed on before anybody had signed in, { $when }
invitation-forwarded-used = Whoever got it signed in.
invitation-until = Works until { $when }
invitation-done = Done { $when }
invitation-revoked = Revoked { $when }
invitation-ended = Ended { $when }

story-title = What happened
story-refused = Refused
actor-client = the client
actor-system = Portico
timeline-client-created = Client added
timeline-client-changed = Client changed
timeline-invitation-sent = Link sent
timeline-invitation-resent = New link sent, earlier ones ended
timeline-invitation-link-copied = Link made to copy
timeline-invitation-revoked = Links revoked
timeline-invitation-fresh-asked = Asked for a fresh link
timeline-invitation-passed-on = Link passed on to somebody else
timeline-help-asked = Asked for help
timeline-client-archived = Client archived
timeline-visit-started = Continued with Facebook
timeline-login-captured = Signed in with Facebook as { $person }
timeline-login-captured-unnamed = Signed in with Facebook
timeline-login-failed = Login did not work: { $reason }
timeline-login-failed-unknown = Login did not work
timeline-login-confirmed = Confirmed who they are
timeline-accounts-asked = Asked Facebook for the ad accounts
timeline-accounts-chosen = { $count ->
    [one] 1 ad account chosen
   *[other] { $count } ad accounts chosen
}
timeline-accounts-chosen-uncounted = Ad accounts chosen
timeline-accounts-probe-failed = { $count ->
    [one] The test call to 1 ad account failed
   *[other] The test calls to { $count } ad accounts failed
}
timeline-accounts-probe-failed-uncounted = Test calls to ad accounts failed
timeline-accounts-lost = { $count ->
    [one] 1 ad account can no longer be reached
   *[other] { $count } ad accounts can no longer be reached
}
timeline-accounts-lost-uncounted = Ad accounts can no longer be reached
timeline-accounts-read = { $count ->
    [one] 1 ad account found
   *[other] { $count } ad accounts found
}
timeline-accounts-read-uncounted = Ad accounts read
timeline-accounts-read-failed = { $count ->
    [0] Facebook did not give the list of ad accounts
    [one] Facebook did not give the whole list of ad accounts: 1 was found
   *[other] Facebook did not give the whole list of ad accounts: { $count } were found
}
timeline-accounts-read-failed-uncounted = Facebook did not give the whole list of ad accounts
timeline-connection-submitted = { $count ->
    [one] Connection submitted, 1 account
   *[other] Connection submitted, { $count } accounts
}
timeline-connection-submitted-uncounted = Connection submitted
timeline-connection-approved = Approved
timeline-connection-rejected = Rejected
timeline-connection-abandoned = Abandoned, not submitted in time
timeline-connection-reconnected = Connected again by the same person
timeline-connection-reconnection-submitted = Another person signed in to reconnect
timeline-connection-reconnection-approved = Reconnection approved
timeline-connection-reconnection-rejected = Reconnection rejected
timeline-backup-submitted = A second person signed in as a backup
timeline-backup-approved = Backup approved
timeline-backup-rejected = Backup rejected
timeline-candidate-abandoned = Login dropped, not submitted in time
timeline-token-status-changed = Token is now { $status }
timeline-token-status-changed-unknown = The state of the token changed
timeline-token-revoked-at-meta = Permission taken back at Meta
timeline-connection-disconnected = { $why ->
    [deletion] Disconnected: the person asked Facebook to have their data deleted
   *[deauthorized] Disconnected: the person took the permission back at Facebook
}
timeline-login-ended-at-meta = { $why ->
    [deletion] A login beside it has ended: the person asked Facebook to have their data deleted
   *[deauthorized] A login beside it has ended: the person took the permission back at Facebook
}
timeline-person-erased = The person’s data was erased
timeline-token-destroyed = Our copy of the token destroyed
timeline-mail-kept = Mail kept in the outbox
timeline-mail-sent = Mail sent
timeline-mail-sent-again = Mail sent again
timeline-mail-failed = Mail could not be sent
timeline-other = { $action }

stop-not_given-short = permission was not given (closed, refused, or the Meta app is in development and the person has no role in it)
stop-business_not_given-short = Login for Business was not given, which knows no half (or the Meta app is in development)
stop-interrupted-short = we were interrupted
stop-login_ended-short = the login ended before the accounts were read
stop-visit_over-short = the visit’s 30 minutes were over
stop-other_browser-short = another browser came back
stop-cookies_off-short = the browser kept no cookies
stop-login_expired-short = the answer came too late, or twice
stop-try_again-short = it was interrupted
stop-meta_unavailable-short = Facebook did not answer
stop-misconfigured-short = Meta refuses our app, check its settings
stop-not_ours-short = the token was not meant for us
stop-blocked-short = Facebook has locked the person
stop-link_ended-short = the link had ended
stop-second_person_needed-short = it was the person who is connected already
stop-overtaken-short = somebody went on elsewhere

## Jobs that were given up

jobs-title = Jobs that were given up
jobs-lead = Portico does its work by itself and tries again when something fails. What still failed at the last try is here, so that somebody can put right what was in the way.
jobs-run-all = Run all again
jobs-run-again = Run again
jobs-dismiss = Dismiss
jobs-what = What was to be done
jobs-why = Why it failed
jobs-when = When
jobs-action = Action
jobs-for = For { $client }
jobs-given-up = Given up { $when }
jobs-tries = { $count ->
    [one] After one try
   *[other] After { $count } tries
}
jobs-since = Waiting since { $when }
jobs-details = Technical details
jobs-empty = Nothing was given up
jobs-empty-text = Every job that Portico began was done, or is being tried again.
jobs-unknown-title = Waiting for a newer version
jobs-unknown-text = A newer version of Portico has left work here that this version does not know. It is kept, and goes on as soon as that version runs again.
jobs-unknown-count = { $count ->
    [one] 1 job
   *[other] { $count } jobs
}
jobs-unknown-how-many = How many
jobs-unknown-kind = Name of the job
jobs-kind-send_mail = Send a mail
jobs-kind-read_accounts = Read the list of ad accounts
jobs-kind-probe_accounts = Test the chosen ad accounts
jobs-kind-probe_candidate = Test the ad accounts with a new sign-in
jobs-kind-revoke_token = Take a token back at Meta and destroy our copy
jobs-kind-meta_event = Do what Meta told of a person
jobs-kind-validate_tokens = Check every token whose time has come
jobs-kind-refresh_accounts = Look at the ad accounts and campaigns of every connection
jobs-kind-tidy_agency = Clear away what is over in this agency
jobs-kind-tidy_installation = Clear away expired sessions, links and visits
jobs-trouble-meta = Meta could not be reached, or did not accept it. If Meta is well again, run the job again.
jobs-trouble-no_meta_app = No Meta app is set up. Set one up, then run the job again.
jobs-trouble-database = The database could not be reached. If it is well again, run the job again.
jobs-trouble-sealed = A secret could not be opened: the key it was sealed with is missing from PORTICO_KEYS. Put the key back, then run the job again.
jobs-trouble-lost = Portico was ended in the middle of it each time, perhaps for want of memory. Look at how Portico is run, then run the job again.
jobs-trouble-defect = This is a fault in Portico. Run the job again, and report it with the technical details if it fails once more.

## The outbox

outbox-title = Outbox
outbox-kept-here = No mail server is set up, so mails are kept here and not sent. Copy the link from a mail to pass it on.
outbox-states = Mails by their state
outbox-all = All
outbox-test = Send a test mail
outbox-test-to = To { $email }
outbox-again = To send again
outbox-none-such = No mail of this kind
outbox-to-all = See all mails
outbox-why-no_such_address = The mail server says that nobody has this address. Check how it is spelt.
outbox-why-mailbox_full = The mailbox is full. Reach the person another way, or send the mail again later.
outbox-why-unwanted = The mail server took it for unwanted mail. Check that your domain may send through it (SPF, DKIM).
outbox-why-login_refused = The mail server does not take Portico’s login. Check the mail server’s address in the configuration.
outbox-why-later = The mail server asked to try again later.
outbox-why-unreachable = The mail server could not be reached.
outbox-why-other = It could not be sent.
outbox-empty = No mails yet
outbox-empty-text = Every mail that Portico writes appears here, with its state.
outbox-mail = Mail
outbox-state = State
outbox-when = When
outbox-action = Action
outbox-send-again = Send again
outbox-tried = { $count ->
    [one] Tried once.
   *[other] Tried { $count } times.
}
outbox-next-try = Next try { $when }.
outbox-to = To
outbox-written = Written
outbox-sent-at = Sent
outbox-client = Client
outbox-to-client = Open the client’s page
outbox-text = Text
outbox-no-text = The text is not here: it is destroyed a day after it was delivered, and links are shown only to those who may send them.

## The keys of the desk

keys-hint-decisions = { $j } { $k } move · { $x } select · { $all }
keys-hint = { $j } { $k } move · { $all }
keys-hint-clients = { $slash } search · { $j } { $k } move · { $all }
keys-all = all keys
keys-title = Keys
keys-close-button = Close
keys-move = Go to the next row, and back
keys-select = Select the row, or not
keys-approve = Approve it
keys-reject = Reject it: write the reason, then press the button
keys-open = Open the client
keys-search = Search
keys-times = Show exact times, or how long ago
keys-all-text = Show the keys
keys-close = Leave a dialog or a reason
