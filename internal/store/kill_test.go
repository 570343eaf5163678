package store

const childFile = "SHANYRAQ_TEST_CHILD"

func commitUntilKilled(string) int { return 0 }
