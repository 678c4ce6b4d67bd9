### The style guide, for those who work on the look.

guide-title = Style guide
guide-intro = Every piece that pages are made of, in every state and in both schemes. It is made of the pieces themselves. Nothing here leads anywhere.

guide-colours = Colours
guide-tint = is 0 for an agency whose colour is ink.
guide-hue = is the agency’s. Lightness and strength are ours, so that letters stay legible.
guide-type = Type
guide-space = Space and corners
guide-shadow = A card, with the one shadow
guide-icons = Icons
guide-drawings = Drawings
guide-badges = States as words
guide-tags = Permissions; struck out where not given
guide-people = People, times, steps
guide-buttons = Buttons
guide-fields = Fields
guide-notes = Notes
guide-lists = Facts, tables, stories
guide-charts = Charts
guide-bars = Bars, each a link to its list
guide-areas = Areas on each other, with their key and their figures
guide-ways = Empty places, and the way on
guide-woken = What script wakes
guide-asks = Asks first
guide-rows = Rows with keys

guide-usual = usual
guide-hover = under the pointer
guide-focus = reached by keyboard
guide-busy = busy
guide-off = off
guide-refused = refused
guide-empty = empty
guide-long = long
guide-rtl = right to left
guide-secret = a secret, never put back
guide-problem = a problem by itself
guide-tick = to tick
guide-island = shows itself where script runs
guide-facebook = Facebook’s own
guide-code = A code for a camera
guide-facts = names and values
guide-table = a table; cards on a narrow screen
guide-timeline = a story
guide-checklist = a checklist

guide-sample = Let them see how your ads are doing
guide-sample-text = What happens, what it means, what to do next.
guide-sample-link = A link
guide-section-head = Head of a section
guide-small-head = Head of a part
guide-hint = A hint stands between the label and the field.
