package table

// others are none in a browser: its module reads no tables of users, and half a megabyte of letters
// would make a page too large to send.
var others []other
