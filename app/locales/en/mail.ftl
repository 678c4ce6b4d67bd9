### Mails. Read by server::mail; every value is made harmless there.

mail-greeting = Hello { $name },
mail-button-fails = If the button does not work, open this address:
mail-footer = Sent by Portico, which { $agency } uses to connect ad accounts.

## The guided link

mail-invitation-subject = { $agency } asks to see your Facebook ad accounts
mail-invitation-why = { $agency } looks after your ads and asks for your permission to see them. That is why you get this mail.
mail-reconnect-subject = { $agency } asks you to connect again
mail-reconnect-why = { $agency } looks after your ads. Facebook wants you to confirm your permission again from time to time; until you do, they may lose sight of your ads. Nothing else changes: the same ad accounts stay connected.
mail-backup-subject = { $agency } asks for a second person
mail-backup-why = { $agency } sees your ads through the Facebook login of one person. If that login ends, a second one keeps things going. So they ask for a colleague who can see the same ad accounts.
mail-backup-colleague = Pass this mail on to that colleague. They sign in with a Facebook login of their own.
mail-fresh-link-subject = Your new link from { $agency }
mail-fresh-link-why = Here is the new link that was asked for. With it you give { $agency } permission to see your Facebook ad accounts. Earlier links no longer work.
mail-link-how = It takes about two minutes. Have the Facebook login at hand that manages the ads. You never give us your password.
mail-link-button = Connect your ad accounts
mail-link-scopes = Facebook will ask you to allow the following:
mail-link-until = The link works until { $day }.
mail-link-colleague = Does somebody else manage your ads? Pass this mail on to them.
mail-link-questions-to = Questions, or did you not expect this mail? Write to { $email }.
mail-link-questions = Questions, or did you not expect this mail? Ask your contact at { $agency }.

## Permissions in plain words, by Meta's names

mail-scope-public_profile = See your name and profile picture, so that you can check it is you.
mail-scope-email = See the e-mail address of your Facebook account.
mail-scope-ads_read = See your ad accounts and how your ads perform. Nothing can be changed with it.
mail-scope-ads_management = See, create and change ads in the ad accounts that you choose.
mail-scope-business_management = See the business portfolios you belong to, to find the ad accounts they hold.
mail-scope-pages_show_list = See a list of the Pages that you manage.
mail-scope-pages_read_engagement = Read the posts of your Pages and how people react to them.
mail-scope-leads_retrieval = Read what people fill in to the lead forms of your ads.
mail-scope-read_insights = See the statistics of your Pages and apps.
mail-scope-instagram_basic = See the profile and posts of the Instagram accounts linked to your Pages.

## The decision

mail-approved-subject = { $agency } has approved your connection
mail-approved-news = Good news: { $agency } has approved your connection.
mail-approved-accounts = It covers these ad accounts:
mail-approved-more = and { $count ->
    [one] one more
   *[other] { $count } more
}
mail-approved-next = There is nothing else for you to do. If the permission has to be renewed some day, { $agency } will ask you in time.
mail-rejected-subject = { $agency } could not accept your connection
mail-rejected-news = { $agency } could not accept your connection. They wrote:
mail-rejected-cleared = The access that you gave for it has been deleted here. Your ads and your Facebook account are as they were.
mail-rejected-beside = The access that was given with this login has been deleted here. What was connected before stays as it was.
mail-rejected-next-to = To sort it out, write to { $email }.
mail-rejected-next = To sort it out, ask your contact at { $agency }.

## The end of a permission

mail-disconnected-subject = { $agency } no longer sees your ads
mail-disconnected-news = { $ending ->
    [deletion] The person who signed in with Facebook for you asked there that their data be deleted. That ends the permission that { $agency } had for your ad accounts.
   *[removal] The permission that { $agency } had for your ad accounts was taken back at Facebook.
}
mail-disconnected-cleared = The access that was kept here has been deleted: { $agency } can no longer see your ads with it. Your ads and your Facebook account are as they were.
mail-disconnected-next-to = Was that not meant? Write to { $email }, and you get a new link to connect again.
mail-disconnected-next = Was that not meant? Ask your contact at { $agency } for a new link to connect again.

## To the agency

mail-help-subject = { $client } asks for help
mail-help-news = { $client } is stuck while connecting their ad accounts, and asks for your help.
mail-help-client = Client: { $client }, { $email }
mail-help-person = Signed in with Facebook: { $person }
mail-help-nobody = Nobody has signed in with Facebook yet.
mail-help-step = Where they are: { $step }
mail-help-case = What we know: { $case }
mail-help-next = Answer to { $email }. Nothing secret stands in this mail; the whole story is on the client’s page.
mail-help-button = Open the client’s page

## To staff

mail-reconnected-subject = { $client } has connected again
mail-reconnected-news = { $person } signed in with Facebook again for { $client }. The new permission is in use; the ad accounts are the same.
mail-reconnected-next = There is nothing to decide.
mail-reconnected-button = Open the client’s page
mail-submitted-subject = { $client } waits for your approval
mail-submitted-news = { $person } signed in with Facebook for { $client } and chose { $accounts ->
    [one] one ad account
   *[other] { $accounts } ad accounts
}.
mail-submitted-next = Nothing is used before somebody decides.
mail-submitted-button = Open the queue
mail-removed-subject = { $client } is disconnected
mail-removed-beside-subject = A login for { $client } has ended
mail-removed-news = { $ending ->
    [deletion] Somebody who had signed in with Facebook for { $client } asked there that their data be deleted. Their tokens and their personal data are deleted here.
   *[removal] Somebody who had signed in with Facebook for { $client } has taken the permission back there. Their tokens are deleted here.
}
mail-removed-next = The connection stood on that login and is disconnected. To go on, send the client a new link.
mail-removed-beside-next = The connection itself stands on another login and stays as it was. If that was its backup, invite another person.
mail-removed-button = Open the client’s page
mail-test-subject = Test mail from { $agency }
mail-test-news = Mail from { $agency } arrives. { $email } asked for this test on the desk.
mail-test-next = There is nothing to do.
mail-password-changed-subject = Your password at { $agency } was changed
mail-password-changed-news = The password of { $email } at { $agency } was changed on the desk, and every other browser was signed out.
mail-password-changed-next = Was it not you? Tell an owner of your agency at once: they can disable your account under Team, and give you a new sign-in link.
