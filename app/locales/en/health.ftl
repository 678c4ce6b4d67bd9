## Charts

chart-figures = The same figures as a table
chart-thousands = { $count }k
chart-millions = { $count }M

## The page of health

health-title = Health

## What needs a person

needs-title = What needs you
needs-nothing = Nothing needs you. Portico looks after the rest, and says so here when it cannot.
need-stopped = Meta has told this app to wait until { $when }
need-stopped-do = Portico makes no call before then and goes on by itself. If it happens often, ask Meta for a higher limit, or have tokens validated less often.
need-trouble-do = Clients cannot connect until it is mended.
need-revoked = { $count ->
    [one] One client’s token was revoked
   *[other] The tokens of { $count } clients were revoked
}
need-revoked-do = The person changed a password or took the access back. Send a link to reconnect.
need-expired = { $count ->
    [one] One client’s token has expired
   *[other] The tokens of { $count } clients have expired
}
need-expired-do = Nothing of theirs can be read any more. Send a link to reconnect.
need-blocked = { $count ->
    [one] One client is blocked by Facebook
   *[other] { $count } clients are blocked by Facebook
}
need-blocked-do = The person has to log in at facebook.com and do what it asks. A new link does not help.
need-no_backup = { $count ->
    [one] One critical client has no backup that works
   *[other] { $count } critical clients have no backup that works
}
need-no_backup-do = If the token dies, so do their reports. Send a link for a backup.
need-ending = { $count ->
    [one] One connection ends within 14 days
   *[other] { $count } connections end within 14 days
}
need-ending-do = Send a link to reconnect before it ends.
need-waits_long = { $count ->
    [one] One connection has waited for a decision for more than a day
   *[other] { $count } connections have waited for a decision for more than a day
}
need-waits_long-do = The client has done their part. Approve or reject.
need-dead_letters = { $count ->
    [one] One job was given up
   *[other] { $count } jobs were given up
}
need-dead_letters-do = See why, and run them again once it is mended.
need-no_worker = Work has been due since { $when }
need-no_worker-do = Is a worker running? Ask whoever runs Portico.
need-mails_failed = { $count ->
    [one] One mail did not leave
   *[other] { $count } mails did not leave
}
need-mails_failed-do = See why, and send them again.

## Tokens

health-tokens = Tokens in use
health-tokens-none = No connection is in use yet. Once you have approved one, its token is counted here.
health-count = How many

## What ends

health-ends = Ends in the next 60 days
health-ends-none = No token in use ends in the next 60 days.
health-ends-note = By week. A connection ends with its token, or with its access to data, whichever comes first. Days are in UTC.
health-ends-week = { $days }: { $count ->
    [one] one connection ends
   *[other] { $count } connections end
}
health-week = Days

## Outcomes

health-outcomes = Validations of the last 30 days
health-outcomes-none = No token has been validated yet. Each is validated once a day, and what Meta said is counted here.
health-outcomes-note = Each check of a token against Meta, by what it said. Days are in UTC.
health-outcomes-chart = { $count ->
    [one] One validation in 30 days
   *[other] { $count } validations in 30 days
}
health-outcomes-bad = Those that were not well, by themselves
health-outcomes-bad-chart = { $count ->
    [one] One validation of 30 days was not well
   *[other] { $count } validations of 30 days were not well
}
health-day = Day

## The list of validations

validations-title = Validations
validations-classes = What they said
validations-of-day = Of { $day }, in UTC.
validations-all-days = All days
validations-none = No such validation
validations-none-text = None of the validations that are kept said this.
validations-client = Client
validations-when = When
validations-status = Token
validations-code = Meta’s code

outcome-none = All is well
outcome-renew = Time to renew
outcome-relogin = Has to sign in again
outcome-blocked = Blocked by Facebook
outcome-wait = Meta asked to wait
outcome-ask_permission = A permission is missing
outcome-fix_config = The app’s settings are wrong
outcome-retry = Could not be checked
outcome-not_found = Not reachable for the person

## Meta's limits

health-usage = Meta’s limits
health-usage-note = Meta counts calls by app and by ad account, over an hour. From 80 % on Portico slows down; at 95 % it stops until Meta takes calls again.
health-usage-none = Meta has not told yet how much of its limits is used. It does so with its answers.
health-usage-app = This app
health-usage-whose = Whose
health-usage-used = Used
health-usage-seen = Told
health-usage-until = Held back until
health-usage-percent = { $percent } %

## Work and mails

health-jobs = Work
health-jobs-due = Waiting to be done
health-jobs-oldest = Oldest is due since
health-jobs-dead = Given up
health-mails = Mails
health-mails-none = No mails yet.
