"""Reading messages in processes of their own, so that no message can hold up the bot (docs/delivery.md, "Reading")."""
