// Quick exit: three presses of Escape within three seconds blank the page and put the neutral site in its place, so
// that "back" does not return here. Without scripts the link does the leaving; the hint stays hidden then.
(function () {
  'use strict'
  var link = document.getElementById('exit')
  var hint = document.getElementById('exit-hint')
  if (!link) return
  var presses = []

  function leave() {
    document.title = '\u200b'
    document.documentElement.style.visibility = 'hidden'
    document.body.textContent = ''
    window.location.replace(link.href)
  }

  link.addEventListener('click', function (event) {
    event.preventDefault()
    leave()
  })
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') {
      presses = []
      return
    }
    presses = presses.filter(function (time) { return event.timeStamp - time < 3000 })
    presses.push(event.timeStamp)
    if (presses.length >= 3) leave()
  })
  if (hint) hint.hidden = false
  // A page shown again from the history cache after leaving must not bring the text back.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && document.body.textContent === '') leave()
  })
})()
