// Signing in with a code from a telephone, and a text that comes when the session is over.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { journey, then, when } from '../lib/story.mjs'
import { code, inThai } from '../lib/totp.mjs'

const DRAFT = 'บรรทัดหนึ่ง & <b>ยังไม่จบ</b>\nบรรทัดสอง'

async function losesItsSession(context) {
  const others = (await context.cookies()).filter(({ name }) => name !== '__Host-sucharit')
  await context.clearCookies()
  await context.addCookies(others)
}

journey('a_code_signs_in_once_and_a_late_text_comes_back', ['th_320_without_scripts', 'en_1280_with_scripts'],
  async (told) => {
    const { reporter, leave: goAway } = await citizen(told)
    await reporter.file()
    await goAway()
    const { page, context, at, leave } = await officer(told)
    const { login, passphrase, secret } = told.agency.people.legal
    const first = code(secret)
    await then('neither passphrase nor code is enough alone', async () => {
      assert.equal((await at.signIn({ login, passphrase })).status(), 403)
      assert.equal((await at.signIn({ login, passphrase: 'x', code: first })).status(), 403)
      assert.equal(await page.inputValue('#code'), '', 'a code came back in the page')
      await look(told, page, 'wrong')
    })
    await then('both together are, in Thai digits, too', async () => {
      assert.equal((await at.signIn({ login, passphrase, code: inThai(first) })).status(), 200)
      assert.equal(new URL(page.url()).pathname, '/queue')
    })
    await when('the session ends while a message is being written', async () => {
      await at.onlyCase()
      await page.fill('#message', DRAFT)
      await losesItsSession(context)
      await at.submit('reply')
    })
    await then('the sign-in stands above the text', async () => {
      assert.equal(await page.locator('#sign-in').count(), 1)
      assert.ok((await page.locator('.app-card').first().innerText()).includes('<b>ยังไม่จบ</b>'))
      await look(told, page, 'late')
    })
    await then('the used code is refused and the text stays', async () => {
      assert.equal((await at.signInHere({ login, passphrase, code: first })).status(), 403)
      assert.equal(await page.locator('.app-card').count(), 1)
    })
    await then('the next code puts it back into its form, unsent', async () => {
      assert.equal((await at.signInHere({ login, passphrase, code: code(secret, 1) })).status(), 200)
      assert.equal(await page.inputValue('#message'), DRAFT)
      await look(told, page, 'back')
      await at.submit('reply')
      assert.match(new URL(page.url()).pathname, /^\/cases\/[0-9a-f]{32}\/reply$/)
    })
    await leave()
  }, { secondFactors: true })
