// Reminders by mail: an admin sets them up and tests them, and says so; an officer gives an address. No mail server is needed: nobody
// answers at the port that is typed, and that is what the page must say.
import assert from 'node:assert/strict'
import { nextPage } from '../lib/browser.mjs'
import { look } from '../lib/layout.mjs'
import { officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const save = (form) => `#${form} button[name=step][value=save]:not([formnovalidate]):not([aria-hidden])`
const NOBODY = /ไม่พบเครื่องแม่ข่าย|nobody answers/

journey('an_admin_sets_up_the_reminders_by_mail_and_tests_them',
  ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
    const admin = await officer(told, 'admin')
    await given('an admin who leaves fields empty', async () => {
      await admin.at.open('/settings/mail')
      await look(told, admin.page, 'the mail, not set up')
      await admin.page.fill('#mail_port', '')
      assert.equal((await admin.at.press(save('settings-mail'))).status(), 400)
      await look(told, admin.page, 'the mail, with faults')
      assert.equal(await admin.page.locator('#mail_host-error').count(), 1)
    })
    await when('everything is typed', async () => {
      await admin.page.check('#mail_on')
      for (const [field, value] of Object.entries({
        host: '127.0.0.1', port: '1', user: 'noreply', secret: 'a long password', sender: 'noreply@example.go.th'
      })) await admin.page.fill(`#mail_${field}`, value)
      await admin.page.selectOption('#mail_tls', 'starttls')
      await admin.page.selectOption('#mail_hour', '9')
      assert.equal((await admin.at.press(save('settings-mail'))).status(), 200)
      await look(told, admin.page, 'the mail, saved')
    })
    await then('the password is nowhere, and a test asks for an address first', async () => {
      assert.equal(await admin.page.inputValue('#mail_secret'), '')
      assert.equal(await admin.page.locator('#mail-test').count(), 0)
    })
    await when('the admin gives one', async () => {
      await nextPage(admin.page, () => admin.page.click('section a[href^="/account/mail"]'))
      await look(told, admin.page, 'the form of the own address')
      await admin.page.fill('#mail_address', 'admin@example')
      assert.equal((await admin.at.press(save('mail-address'))).status(), 400)
      await look(told, admin.page, 'the form of the own address, with a fault')
      await admin.page.fill('#mail_address', 'admin@example.go.th')
      assert.equal((await admin.at.press(save('mail-address'))).status(), 200)
      await look(told, admin.page, 'the account, with an address')
      assert.match(await admin.page.locator('main').innerText(), /admin@example\.go\.th/)
    })
    await then('the test says that nobody answers', async () => {
      await admin.at.open('/settings/mail')
      assert.equal((await admin.at.press('#mail-test button')).status(), 200)
      await look(told, admin.page, 'the test')
      const again = admin.page.locator('#test-result a')
      while (await again.count()) await nextPage(admin.page, () => again.click())
      await look(told, admin.page, 'the test, failed')
      assert.match(await admin.page.locator('#test-result').innerText(), NOBODY)
    })
    await admin.leave()
  })
