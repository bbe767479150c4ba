// An officer's own account: passphrase, telephone, sessions, the code on paper and the way back with it.
import assert from 'node:assert/strict'
import { nextPage } from '../lib/browser.mjs'
import { look } from '../lib/layout.mjs'
import { officer } from '../lib/people.mjs'
import { journey, then, when } from '../lib/story.mjs'
import { code } from '../lib/totp.mjs'

const OWN = 'แมวกินปลาที่ริมคลองตอนเช้า'

journey('an_officer_keeps_their_own_account', ['th_320_without_scripts', 'en_1280_with_scripts'],
  async (told) => {
    const { page, at, leave } = await officer(told)
    const elsewhere = await officer(told), there = elsewhere.at
    const send = (form) => nextPage(page, () => page.click(`${form} button`))
    const { login, passphrase } = told.agency.people.legal
    let words, paper, secret
    await there.signIn({ login, passphrase })
    await at.signIn({ login, passphrase })
    await then('the account lists both sessions, and the other one can be ended', async () => {
      await at.open('/account')
      assert.equal(await page.locator('.app-sessions li').count(), 2)
      await look(told, page, 'account')
      await send('.app-sessions form')
      assert.equal(await page.locator('.app-sessions li').count(), 1)
      await there.open('/account')
      assert.equal(await elsewhere.page.locator('#sign-in').count(), 1)
    })
    await then('a passphrase that is mistyped is named, and nothing of it comes back', async () => {
      await at.open('/account/passphrase')
      await look(told, page, 'passphrase')
      await page.fill('#passphrase', passphrase)
      await page.check('#offer-own')
      await page.fill('#passphrase_own', OWN)
      await page.fill('#passphrase_again', 'x')
      await send('#passphrase-form')
      assert.equal(await page.locator('#passphrase_again-error').count(), 1)
      assert.ok(!(await page.content()).includes(OWN))
      await look(told, page, 'passphrase-wrong')
    })
    await when('one of the three that are offered is taken', async () => {
      words = await page.inputValue('#offer-1')
      await page.fill('#passphrase', passphrase)
      await page.check('#offer-1')
      await page.fill('#passphrase_again', words.replaceAll('-', ' '))
      assert.equal((await send('#passphrase-form')).status(), 200)
    })
    await when('a recovery code is shown', async () => {
      await at.open('/account/recovery')
      await look(told, page, 'recovery')
      await send('form[action^="/account/recovery"]')
      paper = (await page.locator('#recovery-code').innerText()).trim()
      assert.match(paper.replaceAll(/\s/g, ''), /^[0-9A-HJKMNP-TV-Z]{26}$/)
      await look(told, page, 'code')
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('#recovery-code').isVisible(), true)
      await page.emulateMedia({ media: 'screen' })
    })
    await when('a telephone is set up', async () => {
      await at.open('/account/second-factor')
      secret = await page.inputValue('input[name=secret]')
      assert.equal((await page.locator('#secret-text').innerText()).replaceAll(' ', ''), secret)
      const box = await page.locator('svg.app-qr').boundingBox()
      assert.ok(box.width >= 200 && Math.abs(box.width - box.height) < 1, 'the QR code is a square')
      await look(told, page, 'factor')
      await page.fill('#code', code(secret))
      await page.fill('#passphrase', words)
      assert.equal((await send('#factor-form')).status(), 200)
      await look(told, page, 'factor-done')
    })
    await then('new words and telephone sign in, the old words do not', async () => {
      await at.signOut()
      assert.equal((await at.signIn({ login, passphrase, code: code(secret, 1) })).status(), 403)
      assert.equal((await at.signIn({ login, passphrase: words, code: code(secret, 1) })).status(), 200)
      await at.signOut()
    })
    await when('words and telephone are lost, the paper sets others', async () => {
      await nextPage(page, () => page.click('a[href^="/recover"]'))
      await look(told, page, 'recover')
      await page.fill('#login', login)
      await page.fill('#recovery_code', paper.toLowerCase())
      await page.check('#offer-own')
      await page.fill('#passphrase_own', OWN)
      await page.fill('#passphrase_again', OWN)
      assert.equal((await send('#recover-form')).status(), 200)
      assert.notEqual((await page.locator('#recovery-code').innerText()).trim(), paper)
      await look(told, page, 'recovered')
    })
    await then('they sign in, and the paper is void', async () => {
      assert.equal((await at.signIn({ login, passphrase: OWN })).status(), 200)
      await at.open('/account/keys')
      await look(told, page, 'keys')
      await at.open('/recover')
      await page.fill('#login', login)
      await page.fill('#recovery_code', paper)
      await page.check('#offer-own')
      await page.fill('#passphrase_own', OWN)
      await page.fill('#passphrase_again', OWN)
      assert.equal((await send('#recover-form')).status(), 403)
      await look(told, page, 'void')
    })
    await elsewhere.leave()
    await leave()
  })
