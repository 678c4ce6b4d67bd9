### Words of more than one page.

skip-to-content = Skip to content
help = Help
questions = Questions? { $address }
link-until = This link works until { $date }.
continue-with-facebook = Continue with Facebook
sign-out = Sign out

## Days and times, always in UTC

# How a browser writes a moment in its reader's own zone: a language tag whose order of day and month is ours.
date-locale = en-GB
times-exact = Show exact times
date-short = { $day } { $month }
date-days = { $from } – { $to }
date-day = { $day } { $month } { $year }
date-weekday = { $weekday }, { $day } { $month }
date-moment = { $day } { $month } { $year }, { $time } UTC
ago-now = just now
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
ago-date = on { $date }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

## States

token-status-pending = Not checked yet
token-status-active = Active
token-status-expiring = Ends soon
token-status-expired = Expired
token-status-revoked = New login needed
token-status-blocked = Blocked by Facebook
token-status-limited = Limited
token-status-unknown = Unknown

connection-state-draft = Not submitted
connection-state-pending = Waiting
connection-state-approved = Approved
connection-state-suspended = Suspended
connection-state-abandoned = Abandoned
connection-state-withdrawn = Withdrawn
connection-state-rejected = Rejected
connection-state-disconnected = Disconnected
connection-state-archived = Archived

invitation-state-sent = Sent
invitation-state-opened = Opened
invitation-state-started = Started
invitation-state-spent = Done
invitation-state-expired = Expired
invitation-state-revoked = Revoked

account-status-active = Active
account-status-disabled = Disabled
account-status-unsettled = Bill unpaid
account-status-risk_review = In review
account-status-pending_settlement = Payment pending
account-status-grace_period = Payment overdue
account-status-pending_closure = Closing
account-status-closed = Closed
account-status-other = Unknown

outbox-state-queued = On its way
outbox-state-sent = Sent
outbox-state-failed = Not sent
outbox-state-kept = Kept here

role-owner = Owner
role-admin = Admin
role-reviewer = Reviewer
role-viewer = Viewer

## Forms

form-refused = Something is not right yet.
problem-required = This is needed.
problem-too-long = This is too long: { $limit } characters at most.
problem-too-short = This is too short: { $limit } characters at least.
problem-not-an-email = This does not look like an e-mail address.
problem-control-character = This contains a character that cannot be shown. Type it again instead of pasting it.
problem-email-taken = Another client already has this address.
problem-common-password = Too many people use this password. Choose another one.
problem-wrong-password = This is not your password.
problem-wrong-code = This is not the code of now. Wait for the next one and type that.
problem-wrong-sign-in = E-mail or password is wrong.
problem-nothing-chosen = Tick at least one ad account.
problem-not-a-colour = This is not a colour. Write it as six digits, such as #1a5fb4.
problem-not-a-picture = This file is not a PNG, JPEG or WebP picture. Export the logo as one of these.
problem-file-too-large = This file is too large: { $limit } KiB at most. Export the logo smaller.
problem-picture-too-large = This picture is too large: { $limit } pixels to a side at most. Export the logo smaller.
problem-picture-too-small = This picture is too small to be sharp: { $limit } pixels to a side at least.

## Permissions, by Meta's names. -name stands in a sentence, -tag on a small label, -can says what it lets the
## agency do, -why says why it is asked for.

scopes-label = Permissions
scope-not-given = Not given:

scope-ads_read-name = ads (read)
scope-ads_read-tag = ads, read
scope-ads_read-can = See your ad accounts and campaigns, and their results: what was spent, seen and clicked
scope-ads_read-why = without it we can’t see any ad account or result.

scope-ads_management-name = ads (manage)
scope-ads_management-tag = ads, manage
scope-ads_management-can = Create, change and pause ads, and set their budgets
scope-ads_management-why = without it we can’t look after your ads for you.

scope-business_management-name = business accounts
scope-business_management-tag = business
scope-business_management-can = See and manage the business portfolios you belong to, to find the ad accounts that they hold
scope-business_management-why = without it we can’t see ad accounts that belong to a company.

scope-pages_show_list-name = list of your Pages
scope-pages_show_list-tag = pages, list
scope-pages_show_list-can = See which Facebook Pages you manage
scope-pages_show_list-why = without it we can’t tell which Page an ad belongs to.

scope-pages_read_engagement-name = Pages (read)
scope-pages_read_engagement-tag = pages, read
scope-pages_read_engagement-can = Read what your Pages post, and how people respond to it
scope-pages_read_engagement-why = without it we can’t see how people respond to the posts that you advertise.

scope-leads_retrieval-name = leads
scope-leads_retrieval-tag = leads
scope-leads_retrieval-can = Read what people fill in on the forms of your ads
scope-leads_retrieval-why = without it we can’t collect the answers to your lead forms.

scope-read_insights-name = insights
scope-read_insights-tag = insights
scope-read_insights-can = See the statistics of your Pages and apps
scope-read_insights-why = without it we can’t see how your Pages are doing.

scope-instagram_basic-name = Instagram (read)
scope-instagram_basic-tag = Instagram, read
scope-instagram_basic-can = See the profile and the posts of your Instagram account
scope-instagram_basic-why = without it we can’t see the Instagram account that your ads use.

scope-email-name = e-mail address
scope-email-tag = e-mail
scope-email-can = See the e-mail address of your Facebook account
scope-email-why = it tells us that we talk to the right person.

scope-public_profile-name = name and picture
scope-public_profile-tag = profile
scope-public_profile-can = See your name and profile picture
scope-public_profile-why = without it we can’t tell who gave the permission.

scope-unknown-can = Use the permission that Facebook calls “{ $scope }”. Facebook explains it on the next page
scope-unknown-why = the agency asks for it. Facebook explains what it allows.

## What an agency can never do

never-ads = Change your ads or your budget
never-post = Post anything in your name
never-messages = Read your messages, or see your friends
never-payment = Change how you pay
never-password = See your Facebook password

## Pages that say what went wrong, and the way in

failure-not-found-title = There is nothing here
failure-not-found-text = The address may be mistyped, or what was here is gone.
failure-forbidden-title = Your role does not allow this
failure-forbidden-text = Ask an owner of your agency if you need it.
failure-cross-site-title = This form could not be taken
failure-cross-site-text = It came from another website, or from a page that was open for too long. Go back, load the page again, and try once more.
failure-too-many-title = That was a bit too often
failure-too-many-text = { $seconds ->
    [one] Please wait 1 second, then try again.
   *[other] Please wait { $seconds } seconds, then try again.
}
failure-too-many-text-minutes = { $minutes ->
    [one] Please wait 1 minute, then try again.
   *[other] Please wait { $minutes } minutes, then try again.
}
failure-sign-in-link-title = This sign-in link is over
failure-sign-in-link-text = It works once, and for 24 hours. If you have set a password, sign in with it; else ask for a new link.
failure-bad-request-title = This could not be understood
failure-bad-request-text = The request was not complete. Go back, load the page again, and try once more.
failure-too-large-title = This is too large
failure-too-large-text = What was sent is larger than this page takes.
failure-unavailable-title = We’ll be right back
failure-unavailable-text = Portico can’t reach its database at the moment. Nothing is lost. Try again in a minute.
failure-internal-title = Something went wrong on our side
failure-internal-text = Nothing you did caused it. Try again; if it stays, tell support this number:
failure-home = Go to the start page
failure-queue = Go to the queue
failure-sign-in = Go to sign-in

home-title = Welcome
home-text = { $agency } uses this place to connect the ad accounts of its clients. If they sent you a link, open it from the e-mail.
home-staff = Do you work here? { $link }.
home-sign-in = Sign in

## A person whose data was deleted

person-erased = erased at their wish
