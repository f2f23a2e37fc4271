// Counters of vendors whose meaning is public: the name that our formulas ask for, the factor between the units, and how sure it is.

/** `certain`: the same thing by another name. `likely`: the same in practice, with a difference that `why` names. `guess`: to be checked first. */
export type Confidence = 'certain' | 'likely' | 'guess';

export interface CounterProposal {
  /** Ours. */
  name: string;
  /** Ours = sent * scale. */
  scale: number;
  confidence: Confidence;
  why: string;
  /** Whose table says so. */
  vendor?: string;
}

type Row = readonly [sent: string, name: string, confidence: Confidence, why: string, scale?: number];

/** By names that Ericsson's own documents and many operators' published queries give. A name that comes in parts is added up. */
const ERICSSON: readonly Row[] = [
  ['pmRrcConnEstabAtt', 'RRC.ConnEstabAtt', 'likely', 'RRC attempts; repeated ones (pmRrcConnEstabAttReatt) are in it'],
  ['pmRrcConnEstabSucc', 'RRC.ConnEstabSucc', 'certain', 'RRC successes'],
  ['pmS1SigConnEstabAtt', 'S1SIG.ConnEstabAtt', 'certain', 'S1 signalling attempts'],
  ['pmS1SigConnEstabSucc', 'S1SIG.ConnEstabSucc', 'certain', 'S1 signalling successes'],
  ['pmErabEstabAttInit', 'ERAB.EstabInitAttNbr', 'certain', 'initial E-RAB attempts'],
  ['pmErabEstabSuccInit', 'ERAB.EstabInitSuccNbr', 'certain', 'initial E-RAB successes'],
  ['pmErabRelAbnormalEnbAct', 'ERAB.RelActNbr', 'likely', 'abnormal releases with data to send, by the eNodeB alone'],
  ['pmSessionTimeUe', 'ERAB.SessionTimeUE', 'likely', 'seconds with an E-RAB'],
  ['pmHoExeAttLteIntraF', 'HO.OutAttTarget.IntraFreq', 'certain', 'handover attempts, same frequency'],
  ['pmHoExeAttLteInterF', 'HO.OutAttTarget.InterFreq', 'certain', 'handover attempts, other frequency'],
  ['pmHoExeSuccLteIntraF', 'HO.OutSuccTarget.IntraFreq', 'certain', 'handover successes, same frequency'],
  ['pmHoExeSuccLteInterF', 'HO.OutSuccTarget.InterFreq', 'certain', 'handover successes, other frequency'],
  ['pmPdcpVolDlDrb', 'DRB.PdcpSduVolumeDL', 'certain', 'downlink volume, kbit'],
  ['pmPdcpVolUlDrb', 'DRB.PdcpSduVolumeUL', 'certain', 'uplink volume, kbit'],
  ['pmUeThpVolUl', 'DRB.IPVolUl', 'certain', 'uplink volume behind the user throughput, kbit'],
  ['pmUeThpTimeUl', 'DRB.IPTimeUl', 'certain', 'uplink time behind the user throughput, ms'],
];

/** By names of public KPI references; numbers where two public tables or more agree on them. */
const HUAWEI_NAMES: readonly (readonly [id: string | undefined, ...Row])[] = [
  ['1526726658', 'L.RRC.ConnReq.Att', 'RRC.ConnEstabAtt', 'certain', 'RRC attempts'],
  ['1526726659', 'L.RRC.ConnReq.Succ', 'RRC.ConnEstabSucc', 'certain', 'RRC successes'],
  [undefined, 'L.S1Sig.ConnEst.Att', 'S1SIG.ConnEstabAtt', 'certain', 'S1 signalling attempts'],
  [undefined, 'L.S1Sig.ConnEst.Succ', 'S1SIG.ConnEstabSucc', 'certain', 'S1 signalling successes'],
  ['1526727545', 'L.E-RAB.AttEst', 'ERAB.EstabInitAttNbr', 'likely', 'E-RAB attempts; added ones are in it'],
  ['1526727544', 'L.E-RAB.SuccEst', 'ERAB.EstabInitSuccNbr', 'likely', 'E-RAB successes; added ones are in it'],
  ['1526727546', 'L.E-RAB.AbnormRel', 'ERAB.RelActNbr', 'likely', 'abnormal releases by the eNodeB'],
  ['1526728227', 'L.UECNTX.AbnormRel', 'L.UECNTX.AbnormRel', 'certain', 'abnormal releases of UE contexts'],
  ['1526727209', 'L.Cell.Unavail.Dur.Sys', 'L.Cell.Unavail.Dur.Sys', 'likely', 'seconds of fault'],
  ['1526727210', 'L.Cell.Unavail.Dur.Manual', 'L.Cell.Unavail.Dur.Manual', 'likely', 'seconds of planned works'],
  ['1526727378', 'L.Traffic.User.Avg', 'RRC.ConnMean', 'certain', 'mean number of users'],
  ['1526728261', 'L.Thrp.bits.DL', 'DRB.PdcpSduVolumeDL', 'certain', 'downlink volume, bit', 0.001],
  ['1526728259', 'L.Thrp.bits.UL', 'DRB.PdcpSduVolumeUL', 'likely', 'uplink volume, bit', 0.001],
  ...(['IntraeNB.IntraFreq', 'IntraeNB.InterFreq', 'IntereNB.IntraFreq', 'IntereNB.InterFreq'] as const).flatMap(
    (kind): (readonly [undefined, ...Row])[] => [
      [
        undefined,
        `L.HHO.${kind}.ExecAttOut`,
        `HO.OutAttTarget.${kind}`,
        'certain',
        'handover attempts, one of four kinds',
      ],
      [
        undefined,
        `L.HHO.${kind}.ExecSuccOut`,
        `HO.OutSuccTarget.${kind}`,
        'certain',
        'handover successes, one of four kinds',
      ],
    ],
  ),
];

const HUAWEI: readonly Row[] = HUAWEI_NAMES.flatMap(([id, sent, name, confidence, why, scale]): Row[] => {
  const named: Row = [sent, name, confidence, why, scale];
  if (id === undefined) return [named];
  return [named, [id, name, confidence, `${sent}: ${why}`, scale]];
});

/** Ids with the names that reports print beside them. */
const NOKIA: readonly Row[] = [
  ['M8006C0', 'ERAB.EstabInitAttNbr', 'likely', 'EPS_BEARER_SETUP_ATTEMPTS'],
  ['M8006C1', 'ERAB.EstabInitSuccNbr', 'likely', 'EPS_BEARER_SETUP_COMPLETIONS'],
  ['M8013C5', 'RRC.ConnEstabSucc', 'certain', 'SIGN_CONN_ESTAB_COMP'],
  ['M8013C17', 'RRC.ConnEstabAtt.mo-Signalling', 'certain', 'SIGN_CONN_ESTAB_ATT_MO_S; the causes are added up'],
  ['M8013C18', 'RRC.ConnEstabAtt.mt-Access', 'certain', 'SIGN_CONN_ESTAB_ATT_MT; the causes are added up'],
  ['M8013C19', 'RRC.ConnEstabAtt.mo-Data', 'certain', 'SIGN_CONN_ESTAB_ATT_MO_D; the causes are added up'],
  ['M8013C21', 'RRC.ConnEstabAtt.emergency', 'certain', 'SIGN_CONN_ESTAB_ATT_EMG; the causes are added up'],
  ['M8013C31', 'RRC.ConnEstabAtt.highPriorityAccess', 'certain', 'SIGN_CONN_ESTAB_ATT_HIPRIO; the causes are added up'],
  [
    'M8013C34',
    'RRC.ConnEstabAtt.delayTolerantAccess',
    'certain',
    'SIGN_CONN_ESTAB_ATT_DEL_TOL; the causes are added up',
  ],
  ['M8013C91', 'RRC.ConnEstabAtt.others', 'certain', 'SIGN_CONN_ESTAB_ATT_OTHERS; the causes are added up'],
  ['M8013C93', 'RRC.ConnEstabAtt.mo-VoiceCall', 'certain', 'SIGN_CONN_ESTAB_ATT_MO_VOICE; the causes are added up'],
  ['M8009C6', 'HO.OutAttTarget.IntraEnb', 'certain', 'ATT_INTRA_ENB_HO; the kinds are added up'],
  ['M8009C7', 'HO.OutSuccTarget.IntraEnb', 'certain', 'SUCC_INTRA_ENB_HO; the kinds are added up'],
  ['M8014C6', 'HO.OutAttTarget.InterEnbX2', 'certain', 'ATT_INTER_ENB_HO; the kinds are added up'],
  ['M8014C7', 'HO.OutSuccTarget.InterEnbX2', 'certain', 'SUCC_INTER_ENB_HO; the kinds are added up'],
  ['M8014C18', 'HO.OutAttTarget.InterEnbS1', 'certain', 'INTER_ENB_S1_HO_ATT; the kinds are added up'],
  ['M8014C19', 'HO.OutSuccTarget.InterEnbS1', 'certain', 'INTER_ENB_S1_HO_SUCC; the kinds are added up'],
  ['M8012C20', 'DRB.PdcpSduVolumeDL', 'guess', 'PDCP_SDU_VOL_DL, in kByte as far as is known: check the unit', 8],
  ['M8012C19', 'DRB.PdcpSduVolumeUL', 'guess', 'PDCP_SDU_VOL_UL, in kByte as far as is known: check the unit', 8],
];

const VENDORS: readonly (readonly [vendor: string, rows: readonly Row[]])[] = [
  ['Ericsson', ERICSSON],
  ['Huawei', HUAWEI],
  ['Nokia', NOKIA],
];

/** By the vendor's name or number of the counter. Of ZTE's `C373…` numbers no public table is sure enough. */
export const VENDOR_COUNTERS: ReadonlyMap<string, CounterProposal> = new Map(
  VENDORS.flatMap(([vendor, rows]) =>
    rows.map(([sent, name, confidence, why, scale = 1]) => [
      sent,
      { name, scale, confidence, why: `${vendor} ${why}`, vendor },
    ]),
  ),
);
