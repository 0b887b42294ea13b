package locale

import (
	"strings"
	"testing"
	"time"
)

func BenchmarkIndexText(b *testing.B) {
	for name, text := range map[string]string{
		"en": strings.Repeat("The council of Valmere met on Tuesday; the mayor's answer didn't come. ", 100),
		"fa": strings.Repeat("شورای شهر والمیر روز سه‌شنبه نشست و می‌خواهد پاسخ شهردار را بشنود. ", 100),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				IndexText(text)
			}
		})
	}
}

func BenchmarkDateTime(b *testing.B) {
	s, err := NewStyle("fa", Persian, "", "Asia/Tehran")
	if err != nil {
		b.Fatal(err)
	}
	at := time.Date(2026, 3, 14, 6, 5, 0, 0, time.UTC)
	for b.Loop() {
		s.DateTime(at)
	}
}
