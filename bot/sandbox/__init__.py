"""A local Telegram for one bot: Bot API server over HTTP, people who play staff, a clock that can be moved.

    clock = SandboxClock(datetime(2024, 3, 15, 8, 0), "Asia/Shanghai")        # flows; flowing=False stands still
    server = SandboxServer(clock)                                            # token=, bot_username=, seed=
    await server.start()                                                     # server.root, .token, .base_url, .port
    wang = Person(server, 1001, "杨光明")                                     # started=False: the bot may not write

    wang.say("查 王老五")                       wang.tap("一切正常")  wang.tap_data("forged")  wang.press("待办")
    wang.edit(seen, "…"); wang.reply_to(seen, "…"); wang.send_photo(); wang.send_document("花名册.xlsx", data)
    wang.send_location(); wang.send_sticker(); wang.say_in_group(-100, "…"); wang.block(); wang.unblock()
    wang.say("昨天去的", date=moment)           # written earlier, delivered now

    card = await wang.wait_for("王老五", button="走访", timeout=5)            # new or edited since the last action
    await wang.wait_until(lambda: len(wang.chat) > 3)                        # asked again at each change of the chat
    text = await wang.wait_answer(tap)                                       # every tap is answered
    card.text, card.labels, card.rows, card.history, card.document, card.document_name, card.photo, card.edited
    wang.patience = 10                                                       # seconds that waiting lasts by default
    wang.chat, wang.last, wang.keyboard, wang.taps, wang.answers, wang.tail()

    server.faults.add("429", "sendMessage", times=3, retry_after=2)          # 500 hang hang_after slow drop_before
    server.faults.add("drop_after", "*", probability=0.1, polling=True)      # drop_after; polling: getUpdates too
    server.faults.add("twice", probability=0.05)                             # confirmed updates come once more
    server.faults.limit_flood(30, 1)                                         # Telegram's 429 above 30/s, 1/s a chat
    server.faults.clear()

    server.transcript.calls, .of("sendMessage", chat_id, applied=True), .counts    # every call of the bot
    server.world.updates.history, .pending                                   # every update: deliveries, confirmed
    server.unanswered(), server.bot_messages(chat_id), server.world.commands, server.world.add_group(-5, "群")
    server.add_persona(Persona(1001, "杨光明", "网格员", "五组", "zh"))         # offered in the page
    clock.set(moment), clock.advance(timedelta(days=1)), clock.next_at(8, 30), clock.on_jump.append(callback)
    await server.stop(); await server.start()                                # an outage: nothing is forgotten

Names are imported from their modules: `bot.sandbox.clock`, `.server`, `.client` (Person), `.model` (Persona).
The page's JSON API is described in `bot.sandbox.page_api`. Not simulated: Markdown, media groups, inline mode,
payments, forum topics, channels; those methods answer 404 as an unknown method does.
"""
