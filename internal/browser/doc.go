// Package browser opens pages in a headless Chromium for the tests of pages, and fails a test where
// a page complains or asks for anything but itself.
//
//	tab := browser.New(t)
//	tab.Open("file:///tmp/report.html", 1200, "#chart svg")
//	tab.Is(`document.scripts.length`, "1")
//	tab.Clean("/tmp/report.html")
//
// Only tests with the build tag browser import it; the program never does.
package browser
