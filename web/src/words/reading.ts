// What is read beside the page: the panel, and the ways to it.

export const whatIsThis = "What is this?";
export const whatIsThisMeans = "Every term on the page, explained with small live networks";
export const whatDoTheseMean = "What do these mean?";
/** After a term, for screen readers. */
export const whatIsIt = "(what is this?)";
export const lessons = "Lessons";
export const lesson = "Lesson";
export const learn = "Learn";
export const learnHint = "Lessons, and what this is (L)";

export const collapse = "Collapse panel";
export const expand = "Expand panel";
export const leaveLesson = "Leave lesson";
export const print = "Print";
