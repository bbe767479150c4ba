// Sends files piece by piece: shows how far each has come, lets it be paused, and goes on by itself after a broken
// connection. Whatever fails here, the form itself still sends the same files in the ordinary way.
(function () {
  'use strict'
  var form = document.getElementById('send-files')
  var box = document.getElementById('uploads')
  if (!form || !box || !window.FormData || !window.XMLHttpRequest || !Blob.prototype.slice) return
  var input = document.getElementById('files')
  var list = box.querySelector('ul')
  var words = box.dataset
  var before = document.getElementById('sent-files')
  var atOnce = 2
  var mostTries = 8
  var waiting = []
  var running = 0

  function element(name, text, parent) {
    var made = document.createElement(name)
    if (text) made.textContent = text
    parent.appendChild(made)
    return made
  }

  // By this the server finds what came of a file before: it is sealed with the rest of what is kept of it.
  function mark(file) {
    var name = file.name.length > 80 ? file.name.slice(0, 20) + '~' + file.name.slice(-60) : file.name
    return file.size + '-' + file.lastModified + '-' + name
  }

  function Upload(file, keep) {
    this.file = file
    this.keep = keep
    this.tries = 0
    this.reached = 0 // from where the server last let it go on
    this.request = null
    this.later = null
    this.paused = false
    var item = element('li', '', list)
    element('strong', file.name, item).className = 'app-text'
    element('br', '', item)
    this.bar = element('progress', '', item)
    this.bar.max = file.size || 1
    this.bar.value = 0
    this.bar.setAttribute('aria-label', file.name)
    element('br', '', item)
    this.status = element('span', words.waiting, item)
    this.status.setAttribute('role', 'status') // speaks when the state changes; how far it has come stands beside it
    this.percent = element('span', '', item)
    element('br', '', item)
    this.button = element('button', '', item)
    this.label(words.pause)
    this.button.type = 'button'
    this.button.className = 'app-link-button'
    this.button.addEventListener('click', this.toggle.bind(this))
  }

  Upload.prototype.say = function (text) {
    if (this.status.textContent !== text) this.status.textContent = text
  }

  Upload.prototype.label = function (text) {
    this.button.textContent = text
    this.button.setAttribute('aria-label', text + ' ' + this.file.name)
  }

  Upload.prototype.toggle = function () {
    this.paused = !this.paused
    this.label(this.paused ? words.resume : words.pause)
    if (!this.paused) {
      this.tries = 0
      this.say(words.waiting)
      waiting.push(this)
      next()
      return
    }
    this.say(words.paused)
    waiting = waiting.filter(function (other) { return other !== this }, this)
    if (this.later) {
      this.later()
      this.leave()
    }
    if (this.request) this.request.abort()
  }

  // `offset` none: asks where to go on.
  Upload.prototype.post = function (offset) {
    var data = new FormData()
    data.append('receipt', form.elements.receipt.value)
    if (this.keep) data.append('keep', 'yes')
    data.append('name', this.file.name)
    data.append('size', String(this.file.size))
    data.append('mark', mark(this.file))
    if (offset !== undefined) {
      data.append('offset', String(offset))
      data.append('file', this.file.slice(offset), this.file.name)
    }
    var request = this.request = new XMLHttpRequest()
    var self = this
    request.open('POST', form.dataset.upload)
    request.addEventListener('load', function () {
      var answer
      try { answer = JSON.parse(request.responseText) } catch (fault) { answer = {} }
      self.request = null
      self.take(request.status === 200 ? answer : {})
    })
    request.addEventListener('error', function () { self.request = null; self.again(words.broken) })
    request.addEventListener('abort', function () { self.request = null; self.leave() })
    if (offset !== undefined) {
      request.upload.addEventListener('progress', function (event) {
        var sent = offset + event.loaded * (self.file.size - offset) / (event.total || 1)
        self.bar.value = sent
        self.say(event.loaded === event.total ? words.finishing : words.sending)
        self.percent.textContent = ' ' + Math.floor(100 * sent / (self.file.size || 1)) + ' %'
      })
    }
    request.send(data)
  }

  Upload.prototype.take = function (answer) {
    if (answer.state === 'send') {
      if (answer.offset > this.reached) this.tries = 0
      this.reached = answer.offset
      this.bar.value = answer.offset
      this.post(answer.offset)
    } else if (answer.state === 'stored' || answer.state === 'refused') {
      this.bar.remove()
      if (answer.state === 'refused') this.status.className = 'govuk-error-message'
      this.button.remove()
      this.percent.remove()
      this.say(answer.text)
      if (answer.care) {
        var tag = element('strong', words.care, this.status)
        tag.className = 'govuk-tag govuk-tag--new'
        this.status.insertBefore(document.createTextNode(' '), this.status.firstChild)
        this.status.insertBefore(tag, this.status.firstChild)
      }
      this.leave()
    } else {
      this.again(answer.state === 'wait' ? words.wait : words.broken)
    }
  }

  Upload.prototype.again = function (text) {
    if (this.paused) return this.leave()
    this.tries += 1
    if (this.tries > mostTries) {
      form.dataset.plain = 'yes'
      this.say(words.plain)
      this.button.remove()
      return this.leave()
    }
    this.say(text)
    var self = this
    var ask = function () {
      self.later()
      self.post()
    }
    var timer = setTimeout(ask, Math.min(30000, 500 * Math.pow(2, this.tries)))
    window.addEventListener('online', ask)
    this.later = function () { // ends the waiting
      clearTimeout(timer)
      window.removeEventListener('online', ask)
      self.later = null
    }
  }

  Upload.prototype.leave = function () {
    running -= 1
    next()
  }

  function next() {
    while (running < atOnce && waiting.length) {
      running += 1
      waiting.shift().post()
    }
  }

  form.addEventListener('submit', function (event) {
    if (form.dataset.plain || !input.files || !input.files.length) return // the ordinary way, which also names a fault
    event.preventDefault()
    box.hidden = false
    if (before) before.hidden = true // what it counts is no longer so
    for (var i = 0; i < input.files.length; i++) waiting.push(new Upload(input.files[i], form.elements.keep.checked))
    input.value = ''
    next()
  })
})()
