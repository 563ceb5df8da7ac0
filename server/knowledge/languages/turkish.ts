import type { Language } from './language.ts';

export const TURKISH: Language = {
  name: 'Turkish',
  status: {
    proposed:
      'önerildi, önerilen, öneri, taslak, tartışılıyor, tartışmada, incelemede, değerlendiriliyor, beklemede, devam ediyor, açık, ertelendi, kabul edilmedi henüz, planlandı',
    accepted:
      'kabul edildi, kabul, kabul edilmiş, onaylandı, onaylı, onaylanmış, benimsendi, kararlaştırıldı, uygulandı, yürürlükte, geçerli, aktif',
    rejected: 'reddedildi, red, reddedilmiş, geri çekildi, iptal edildi, vazgeçildi, kabul edilmedi, onaylanmadı',
    deprecated: 'kullanımdan kaldırıldı, kullanım dışı, eskidi, geçersiz, yürürlükten kaldırıldı, arşivlendi',
    superseded: 'yerine geçildi, değiştirildi, yerini aldı',
  },
  parts: {
    title: 'başlık',
    status: 'durum, statü',
    date: 'tarih, karar tarihi, oluşturulma tarihi',
    context: 'bağlam, sorun, problem, arka plan, bağlam ve sorun',
    decision: 'karar, kararlar, karar sonucu',
    consequences: 'sonuçlar, etkiler',
    options: 'alternatifler, seçenekler, değerlendirilen seçenekler, değerlendirilen alternatifler',
    summary: 'özet, giriş',
    changes: 'değişiklik geçmişi, değişiklikler, geçmiş',
    authors: 'yazar, yazarlar, karar vericiler',
    'superseded-by': 'yerini alan, yerine geçen',
    supersedes: 'yerine geçtiği',
    amends: 'değiştirir',
  },
  supersededBy: 'yerini alan, yerine geçen, … ile değiştirildi, … tarafından değiştirildi, … yerini aldı',
  supersedes: 'yerine geçtiği, … yerine geçer',
  partly: 'kısmen, bölüm, kısmi',
  nothing: 'yok, hiçbiri, geçerli değil',
  lead: 'bu, karar, adr, artık, şimdi, şu anda, tamamen, ekip',
  months: 'ocak|oca, şubat|şub, mart, nisan|nis, mayıs, haziran|haz, temmuz|tem, ağustos|ağu, eylül|eyl, ekim|eki, kasım|kas, aralık|ara',
};
