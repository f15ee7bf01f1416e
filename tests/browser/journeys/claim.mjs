export async function claim() {}
